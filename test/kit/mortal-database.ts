// The program itself, with an embedded database whose thread ends when the process is sent SIGUSR2.
process.on('worker', (worker) => process.on('SIGUSR2', () => void worker.terminate()))
await import('../../server/main.ts')
export {}
