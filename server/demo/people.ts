import { slugify } from '#kernel/text'

export type OrganizerName = keyof typeof ORGANIZERS

/** Who holds the examples. `.example` is nobody's domain, so no mail of theirs can reach anybody. */
export const ORGANIZERS = {
  olivia: { firstName: 'Olivia', lastName: 'Brandt', email: 'olivia@lanternandthread.example' },
  tomas: { firstName: 'Tomás', lastName: 'Figueiredo', email: 'tomas@marealta.example' },
  wanjiru: { firstName: 'Wanjiru', lastName: 'Kamau', email: 'wanjiru@jacarandayard.example' },
} as const

const names = `
Amara Okonkwo, Björn Halldórsson, Chiara Bellini, Dmytro Kovalenko, Esra Yıldız, Fatoumata Diallo, Grzegorz Wiśniewski,
Hana Nováková, Ibrahim Al-Sayed, Jun Watanabe, Kealoha Nakamura, Lucía Fernández, Mbali Dlamini, Niamh O’Sullivan,
Oskar Lindqvist, Priya Raghavan, Quentin Lefèvre, Rosa Quispe, Siddharth Kulkarni, Thảo Nguyễn, Ulrike Sonnenschein,
Valentina Rojas, Wiremu Parata, Ximena Castillo, Yusuf Demir, Zanele Mokoena, Aino Virtanen, Bao Tran, Camille Dubois,
Devika Menon, Eleni Papadaki, Farid Rahimi, Giulia Ferrante, Hyun-woo Park, Inês Carvalho, Jakub Dvořák, Kofi Mensah,
Leilani Kahananui, Mateus Ribeiro, Nadia Benali, Otieno Ochieng, Pooja Deshpande, Quynh Lê, Rafael Montoya, 小林 さくら,
Tendai Moyo, Uchenna Eze, Viktor Petrov, Wen Zhang, Xiomara Delgado, Yael Shapiro, Zoltán Kiss, Anneke de Vries,
Baraka Mwangi, Ciarán Byrne, Dalia Haddad, Emre Aksoy, Freya Nielsen, Gaurav Shinde, Hinewai Tūhoe, Ioana Popescu,
Joaquim Sousa, Katarzyna Zielińska, Lars Østergaard, Marisol Vega, Naledi Khumalo, Olu Adeyemi, Petra Horvat, Rania Khoury,
Sefa Tuilagi, Tamar Beridze, Umut Çelik, Veronika Blau, Wambui Njoroge, Yejin Baek, Zeynep Arslan, Álvaro Peña,
Beatriz Antunes, Chidi Nwosu, Dorothea Winkelmann, Erlendur Jónsson, Fumiko Hayashi, Gloria Achieng, Henrik Sørensen,
Ishaan Bose, Jelena Marković, Karim Bouzid, Lindiwe Zulu, Maja Kowalczyk, Nikos Stavrou, Orla Fitzgerald, Pedro Tavares,
Rukmini Patil, Søren Bak, Teresa Albuquerque, Ursula Meier, Vusi Mabaso, Waleed Mansour, Yuki Mori, Żaneta Lis,
Aroha Ngata, Bilal Qureshi, Dilnoza Karimova, Elif Kaya, Gabriela Núñez, Hassan Warsame, Imani Barasa, Jonas Kramer,
Keiko Tanaka, Lorenzo Conti`
  .split(',')
  .map((name) => name.trim())

/** Invented people from everywhere, no two the same. */
export const GUESTS: ReadonlyArray<{ name: string; email: string }> = names.map((name, n) => ({
  name,
  email: `${slugify(name).replaceAll('-', '.') || `guest.${n}`}@${['example.com', 'example.org', 'example.net'][n % 3]!}`,
}))
