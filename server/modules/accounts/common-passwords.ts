// The best known passwords that are long enough for us, from the lists every attacker begins with. Lower case.
const words = `
  00000000 000000000 0123456789 0987654321 10203040 11111111 111111111 1111111111 1122334455 11223344 12121212
  12312312 123123123 123321123 12341234 12344321 12345678 123456789 1234567890 12345678910 123456789a 123456abc
  1234abcd 123654789 123qweasd 12qwaszx 147258369 1q2w3e4r 1q2w3e4r5t 1qaz2wsx 1qaz2wsx3edc 22222222 33333333 44444444
  55555555 66666666 77777777 87654321 88888888 987654321 9876543210 99999999 a1b2c3d4 a1234567 a12345678 aa123456
  aaaaaaaa abc12345 abc123456 abcd1234 abcdefgh access14 admin123 admin1234 administrator asdf1234 asdfasdf asdfghjk
  asdfghjkl baseball basketball batman123 blink182 bigdaddy butterfly changeme charlie1 chelsea1 chocolate computer
  consumer corvette danielle dragon123 einstein football freedom1 godzilla hello123 helloworld iloveyou iloveyou1
  iloveyou2 internet jennifer jordan23 letmein1 letmein123 liverpool lovelove marlboro maverick mercedes metallica
  michelle midnight monkey123 mustang1 p@ssw0rd p@ssword passw0rd password password! password1 password12 password123
  password1234 pokemon1 princess princess1 q1w2e3r4 q1w2e3r4t5 qazwsxedc qwer1234 qwerty12 qwerty123 qwertyui
  qwertyuiop samantha secret123 spiderman sunshine sunshine1 superman superman1 test1234 testtest trustno1 user1234
  valentina victoria welcome1 welcome123 whatever zaq12wsx zxcvbnm1 zxcvbnm123`

export const commonPasswords: ReadonlySet<string> = new Set(words.trim().split(/\s+/))
