"""Made-up names of people, from names that are common where a site is."""

from random import Random

_FIRST = {
    "Europe/Warsaw": "Agata Bartosz Ewa Filip Hanna Jakub Kinga Maciej Natalia Oskar Piotr Zofia",
    "Europe/Lisbon": "Ana Bruno Catarina Diogo Inês João Leonor Miguel Rita Rui Sofia Tiago",
    "Europe/Dublin": "Aoife Cian Ciara Conor Eoin Fiadh Niamh Oisín Róisín Seán Sinéad Tadhg",
    "Asia/Manila": "Althea Angelo Bea Carlo Dennis Grace Jasmine Joy Kristine Marvin Paolo Rowena",
    "Africa/Johannesburg": "Ayanda Bongani Lerato Mandla Naledi Nomsa Pieter Sipho Thabo Zanele",
    "Asia/Kolkata": "Aditi Amit Anjali Arjun Deepa Kiran Meera Nikhil Pooja Rahul Sunita Vikram",
}
_LAST = {
    "Europe/Warsaw": "Kowalczyk Lewandowski Mazur Nowak Pawlak Sikora Wilk Wójcik Zając Zieliński",
    "Europe/Lisbon": "Almeida Carvalho Costa Ferreira Gomes Lopes Marques Pereira Ramos Santos",
    "Europe/Dublin": "Byrne Doyle Farrell Kavanagh Keane Lynch Nolan O'Brien Quinn Walsh",
    "Asia/Manila": "Aquino Bautista Castillo Dizon Flores Mendoza Navarro Ramos Santos Villanueva",
    "Africa/Johannesburg": "Botha Dlamini Khumalo Mokoena Naidoo Ndlovu Nkosi Pillay Van Wyk Zulu",
    "Asia/Kolkata": "Bhatt Deshpande Iyer Joshi Kulkarni Menon Nair Patil Rao Sharma",
}
_FIRST_ELSEWHERE = (
    "Aisha Amy Ben Callum Chloe Daniel Ellie Fatima George Hannah Imran Jack Jess Kayleigh Liam "
    "Megan Mohammed Nadia Oliver Priya Rhys Sam Tom Yusuf"
)
_LAST_ELSEWHERE = (
    "Ahmed Baker Bennett Clarke Cooper Davies Evans Foster Griffiths Harris Hughes Jenkins Khan "
    "Lloyd Marshall Morgan Osborne Patel Price Reid Shaw Taylor Turner Wright"
)


def name_at(timezone: str, random: Random) -> str:
    """Return a first and a last name as they are common in a zone."""
    first = _FIRST.get(timezone, _FIRST_ELSEWHERE).split()
    last = _LAST.get(timezone, _LAST_ELSEWHERE).replace("Van Wyk", "Van_Wyk").split()
    return f"{random.choice(first)} {random.choice(last)}".replace("_", " ")
