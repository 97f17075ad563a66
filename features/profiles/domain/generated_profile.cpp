#include "profiles/domain/generated_profile.hpp"

#include "platform/outcome/ensure.hpp"

#include <array>
#include <chrono>
#include <iterator>
#include <string_view>

namespace insighta::profiles {

namespace {

constexpr std::string_view male_names[] = {
    "Ade",    "Ahmed",  "Alan",   "Amadou",  "André",  "Anil",    "Antonio", "Babajide", "Bilal",
    "Carlos", "Chen",   "Chidi",  "Cyril",   "Daniel", "David",   "Diego",   "Edwin",    "Emeka",
    "Fabio",  "Farid",  "Felix",  "Gabriel", "Hamza",  "Hassan",  "Hiroshi", "Ibrahim",  "Ivan",
    "Jamal",  "João",   "Joseph", "Kofi",    "Kwame",  "Lars",    "Luca",    "Mandla",   "Marek",
    "Matteo", "Mehmet", "Musa",   "Nikolai", "Obinna", "Olivier", "Omar",    "Pedro",    "Rahul",
    "Sanjay", "Sipho",  "Tariq",  "Thabo",   "Tunde"};
constexpr std::string_view female_names[] = {
    "Abena",    "Adaeze",  "Aisha",  "Akua",    "Amina",   "Ana",    "Anjali", "Awino",  "Bisi",
    "Camille",  "Chiara",  "Chioma", "Clara",   "Deborah", "Elena",  "Emilia", "Esther", "Fatima",
    "Folake",   "Grace",   "Halima", "Hanna",   "Ifeoma",  "Ingrid", "Ishani", "Jelena", "Júlia",
    "Keiko",    "Leila",   "Lerato", "Lindiwe", "Lucía",   "Mariam", "Mei",    "Mercy",  "Nadia",
    "Naledi",   "Ngozi",   "Olga",   "Palesa",  "Priya",   "Rania",  "Rosa",   "Salma",  "Sofia",
    "Thandiwe", "Wanjiru", "Yasmin", "Zainab",  "Zoë"};
constexpr std::string_view last_names[] = {
    "Abebe",      "Acheampong", "Adeyemi",    "Afolabi", "Agyei",   "Ali",       "Almeida",
    "Amadi",      "Asante",     "Balogun",    "Banda",   "Barros",  "Bello",     "Boateng",
    "Botha",      "Chanda",     "Chukwu",     "Costa",   "Dang",    "Desai",     "Diallo",
    "Diop",       "Dlamini",    "Dos Santos", "Dubois",  "Eze",     "Fernandes", "Fischer",
    "Fofana",     "García",     "Girma",      "Gupta",   "Haile",   "Hassan",    "Ivanova",
    "Jansen",     "Kamau",      "Kanté",      "Kaya",    "Keita",   "Khumalo",   "Kim",
    "Kimani",     "Kowalski",   "Kruger",     "Lima",    "Lungu",   "Mahlangu",  "Mbeki",
    "Mensah",     "Moreau",     "Mokoena",    "Moyo",    "Mutua",   "Mwangi",    "Nakamura",
    "Nascimento", "Ndlovu",     "Nguyen",     "Nkosi",   "Novák",   "Nwosu",     "Obi",
    "Ochieng",    "Odhiambo",   "Okafor",     "Okeke",   "Okonkwo", "Onyango",   "Osei",
    "Otieno",     "Owusu",      "Patel",      "Pereira", "Petrov",  "Phiri",     "Quaye",
    "Ramos",      "Rossi",      "Sall",       "Sato",    "Schmidt", "Sesay",     "Sharma",
    "Silva",      "Sithole",    "Smith",      "Sow",     "Tadesse", "Tembo",     "Tesfaye",
    "Touré",      "Traoré",     "Usman",      "Wambui",  "Wang",    "Weber",     "Yeboah",
    "Zhou",       "Zulu"};
/// Repetition is weight.
constexpr std::string_view country_ids[] = {
    "NG", "NG", "NG", "NG", "NG", "KE", "KE", "KE", "GH", "GH", "ZA", "ZA", "TZ",
    "UG", "ET", "EG", "MA", "SN", "CM", "CI", "AO", "RW", "ZM", "ZW", "CD", "CG",
    "CV", "ST", "GB", "GB", "US", "US", "DE", "FR", "IT", "ES", "PT", "NL", "SE",
    "PL", "BR", "BR", "IN", "IN", "CN", "JP", "VN", "MX", "CA", "AU"};

/// SplitMix64: the n-th number of a row of good ones, without a state.
std::uint64_t mixed(std::uint64_t seed, std::uint64_t index, std::uint64_t salt) {
  auto z = seed * 0xd1342543de82ef95ULL + (index * 8 + salt + 1) * 0x9e3779b97f4a7c15ULL;
  z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ULL;
  z = (z ^ (z >> 27)) * 0x94d049bb133111ebULL;
  return z ^ (z >> 31);
}

/// The index is a number whose digits choose first name, last name and then as many middle names as
/// it takes; each digit is turned by those before it, so that neighbours do not look alike.
std::string name_of(std::uint64_t seed, std::uint64_t index, std::string_view const (&first)[50]) {
  auto const first_digit = index % std::size(first);
  auto rest = index / std::size(first);
  auto const last_digit = rest % std::size(last_names);
  rest /= std::size(last_names);

  std::string name(first[(first_digit + seed) % std::size(first)]);
  auto turned = first_digit * 37 + seed;
  for (; rest > 0; rest = (rest - 1) / std::size(first)) {
    name += ' ';
    name += first[(rest - 1) % std::size(first)];
  }
  name += ' ';
  name += last_names[(last_digit + turned) % std::size(last_names)];
  return name;
}

double probability(std::uint64_t random, int from_percent) {
  return (from_percent + static_cast<int>(random % static_cast<unsigned>(101 - from_percent))) /
         100.0;
}

}  // namespace

NewProfile generate_profile(std::uint64_t seed, std::uint64_t index) {
  using namespace std::chrono;
  constexpr sys_days first_day = 2025y / January / 1;
  constexpr std::uint64_t seconds_of_a_year = 365 * 24 * 3'600;

  NewProfile profile;
  profile.gender = index % 2 == 0 ? Gender::female : Gender::male;
  auto name = Name::from(
      name_of(seed, index / 2, profile.gender == Gender::male ? male_names : female_names));
  ensure(name.has_value(), "a made-up name is a name");
  profile.name = std::move(*name);
  profile.gender_probability = probability(mixed(seed, index, 0), 51);
  // Two dice, so that there are more people in the middle than at the ends.
  profile.age = static_cast<int>(mixed(seed, index, 1) % 46 + mixed(seed, index, 2) % 46);
  profile.country_id = country_ids[mixed(seed, index, 3) % std::size(country_ids)];
  profile.country_probability = probability(mixed(seed, index, 4), 5);
  profile.created_at = first_day + seconds(mixed(seed, index, 5) % seconds_of_a_year);
  profile.id = ProfileId::make(profile.created_at);
  return profile;
}

}  // namespace insighta::profiles
