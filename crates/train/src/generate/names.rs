//! Names of states, people and things. Those of the held-out part occur in no training sentence.

use super::Part;

/// Words that differ between the parts; lists are separated by blanks.
pub(super) struct Names {
    /// Names of states, capitals and bodies of one word.
    pub(super) places: &'static str,
    /// First and second word of names of states.
    pub(super) double_places: &'static [(&'static str, &'static str)],
    /// Adjectives of nationality.
    pub(super) demonyms: &'static str,
    /// First names.
    pub(super) first: &'static str,
    /// Family names.
    pub(super) last: &'static str,
    /// Things given by number: what kind, plural, singular.
    pub(super) goods: &'static [(&'static str, &'static str, &'static str)],
    /// Verbs that take the receiver before the gift.
    pub(super) giving: &'static str,
}

/// The names of a part.
pub(super) fn of(part: Part) -> Names {
    match part {
        Part::Training => TRAINING,
        Part::Held => HELD,
    }
}

const TRAINING: Names = Names {
    places: "China Japan Vietnam Russia India Indonesia Malaysia Thailand Laos Cambodia Myanmar Singapore Brunei \
        Australia Canada France Germany Italy Spain Poland Ukraine Turkey Iran Iraq Israel Egypt Kenya \
        Nigeria Ethiopia Ghana Brazil Chile Peru Mexico Cuba Pakistan Bangladesh Nepal Mongolia Kazakhstan \
        Uzbekistan Finland Sweden Norway Denmark Greece Serbia Hungary Taiwan Tonga Fiji Samoa Washington \
        Beijing Moscow Tokyo Hanoi Seoul Canberra Manila Jakarta London Paris Berlin Brussels Syria Yemen \
        Qatar Jordan Lebanon Sudan Somalia Venezuela Colombia Georgia Armenia NATO ASEAN UN EU U.S. UK \
        Algeria Angola Argentina Austria Azerbaijan Bahrain Belarus Belgium Botswana Bulgaria Cameroon \
        Croatia Cyprus Djibouti Ecuador Eritrea Estonia Guinea Haiti Honduras Iceland Ireland Jamaica Kosovo \
        Kuwait Kyrgyzstan Liberia Libya Lithuania Madagascar Malawi Maldives Mali Moldova Montenegro Morocco \
        Mozambique Namibia Nicaragua Niger Oman Panama Paraguay Portugal Romania Senegal Slovakia Suriname \
        Switzerland Tajikistan Tanzania Togo Turkmenistan Uruguay Vanuatu Zambia Zimbabwe Ankara Athens \
        Baghdad Bangkok Belgrade Bogota Budapest Cairo Caracas Colombo Copenhagen Damascus Dhaka Doha Havana \
        Helsinki Islamabad Jerusalem Kabul Kyiv Kiev Lisbon Madrid Minsk Nairobi Oslo Ottawa Prague \
        Pyongyang Riyadh Rome Stockholm Taipei Tehran Tbilisi Tripoli Warsaw Yerevan Hamas Hezbollah \
        Pentagon Kremlin",
    double_places: &[
        ("South", "Korea"),
        ("North", "Korea"),
        ("South", "Africa"),
        ("Sri", "Lanka"),
        ("Saudi", "Arabia"),
        ("East", "Timor"),
        ("Hong", "Kong"),
        ("Phnom", "Penh"),
        ("Burkina", "Faso"),
        ("El", "Salvador"),
        ("Kuala", "Lumpur"),
        ("Tel", "Aviv"),
        ("White", "House"),
    ],
    demonyms: "Vietnamese Japanese Chinese Russian Indian Indonesian Malaysian Thai Australian Canadian French \
        German Italian Spanish Polish Ukrainian Turkish Iranian Israeli Egyptian Kenyan Brazilian Chilean \
        Mexican Cuban Korean American British Philippine Algerian Angolan Argentine Armenian Belarusian \
        Bulgarian Cambodian Croatian Czech Danish Dutch Estonian Ethiopian Finnish Georgian Greek Hungarian \
        Iraqi Jordanian Kazakh Lebanese Libyan Lithuanian Malian Mongolian Moroccan Nepali Nigerian \
        Norwegian Pakistani Palestinian Peruvian Romanian Saudi Serbian Singaporean Somali Swedish Swiss \
        Syrian Taiwanese Venezuelan Yemeni European African Asian Arab",
    first: "Shinzo Narendra Joko Anthony Emmanuel Olaf Vladimir Recep Luiz Pham Nguyen Tran Lee Kim Park Wang Li \
        Zhang Sergei John Antony Rex Hillary Julie Marise Winston Prayut Hun Aung Mahathir Najib Benigno \
        Rodrigo Ferdinand Fumio Xi Barack Donald Angela Ursula Ahmed Ali Anna Carlos David Elena Hassan \
        Ibrahim Igor James Jose Maria Mohammed Omar Peter Pierre Raul Robert Sarah Sushma Tony Viktor \
        William Yuri",
    last: "Abe Modi Widodo Albanese Macron Scholz Putin Erdogan Silva Chinh Trong Quang Myung Moon Yi Keqiang \
        Jun Lavrov Kerry Blinken Tillerson Clinton Bishop Payne Peters Sen Kyi Razak Aquino Duterte Marcos \
        Suga Kishida Jokowi Yudhoyono Jinping Obama Trump Merkel Leyen Ahmadinejad Assad Bush Cameron Castro \
        Chavez Fernandez Gandhi Hollande Hussein Johnson Karzai Khan Koizumi Kovacs Lopez Maduro Medvedev \
        Mubarak Musharraf Netanyahu Orban Rahman Rajapaksa Rouhani Sharif Smith Stoltenberg Tusk Yeltsin \
        Zelensky",
    goods: &[
        ("patrol", "boats", "boat"),
        ("patrol", "vessels", "vessel"),
        ("fighter", "jets", "jet"),
        ("radar", "systems", "system"),
        ("transport", "aircraft", "aircraft"),
        ("rescue", "helicopters", "helicopter"),
        ("water", "pumps", "pump"),
        ("vaccine", "doses", "dose"),
        ("railway", "cars", "car"),
        ("missile", "batteries", "battery"),
        ("surveillance", "drones", "drone"),
        ("battle", "tanks", "tank"),
        ("artillery", "shells", "shell"),
        ("passenger", "planes", "plane"),
        ("food", "parcels", "parcel"),
        ("howitzer", "rounds", "round"),
        ("police", "trucks", "truck"),
        ("tent", "kits", "kit"),
        ("solar", "panels", "panel"),
        ("cruise", "missiles", "missile"),
        ("air-defence", "systems", "system"),
        ("rice", "shipments", "shipment"),
        ("tank", "engines", "engine"),
        ("dredging", "ships", "ship"),
        ("grain", "shipments", "shipment"),
        ("fire", "engines", "engine"),
        ("test", "kits", "kit"),
        ("gas", "masks", "mask"),
        ("training", "aircraft", "aircraft"),
        ("combat", "helicopters", "helicopter"),
    ],
    giving: "give grant offer send sell lend loan promise hand award lease show owe pay deny guarantee gift pledge \
        refuse assure cede forward supply deliver ship tender assign allocate extend",
};

const HELD: Names = Names {
    places: "Slovenia Uganda Bolivia Tunisia Latvia Rwanda Bhutan Vienna Kampala",
    double_places: &[("Costa", "Rica"), ("South", "Sudan")],
    demonyms: "Slovenian Ugandan Bolivian Tunisian Latvian",
    first: "Borut Yoweri Evo Kais Paul",
    last: "Pahor Museveni Morales Saied Kagame",
    goods: &[
        ("naval", "frigates", "frigate"),
        ("cargo", "lorries", "lorry"),
        ("mine", "sweepers", "sweeper"),
    ],
    giving: "allot accord bring",
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn held_words_are_not_in_the_training_part() {
        let (training, held) = (of(Part::Training), of(Part::Held));
        let apart = |training: &str, held: &str| {
            held.split_whitespace()
                .all(|word| training.split_whitespace().all(|other| other != word))
        };
        assert!(apart(training.places, held.places));
        assert!(apart(training.giving, held.giving));
        assert!(apart(training.last, held.last));
    }
}
