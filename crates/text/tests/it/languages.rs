//! English passes, everything else is named. All sentences were written for these tests.

use hedgerow_text::{Language, language};

fn other(text: &str) -> &'static str {
    match language(text) {
        Language::Other { name, confidence } => {
            assert!((0.0..=1.0).contains(&confidence));
            name
        }
        found => panic!("{found:?}: {text}"),
    }
}

#[test]
fn english_passes_however_full_of_names() {
    for text in [
        "Japan handed over two patrol boats to Vietnam on Friday, the foreign ministry in Hanoi said.",
        "Nguyen Phu Trong met Shinzo Abe, Fumio Kishida, Taro Aso, Gen Nakatani and Sadakazu Tanigaki in Tokyo on Tuesday with Pham Binh Minh, Phung Quang Thanh and Bui Quang Vinh.",
        "Andrzej Duda, Volodymyr Zelenskyy, Gitanas Nauseda and Egils Levits signed the Lublin declaration in Kyiv.",
        "Xi to visit Hanoi\n\nChinese President Xi Jinping will visit Hanoi in November, Tân Hoa Xã reported.",
        "Susilo Bambang Yudhoyono and Lee Hsien Loong opened Batam, Bintan and Karimun to investors from Singapore.",
    ] {
        assert_eq!(language(text), Language::English, "{text}");
    }
}

#[test]
fn other_languages_are_named() {
    for (name, text) in [
        (
            "French",
            "Le ministre des affaires étrangères a reçu jeudi son homologue japonais à Paris pour parler de la sécurité en mer. Les deux pays ont signé un accord.",
        ),
        (
            "Spanish",
            "El presidente de México recibió el martes al primer ministro de Japón en la capital. Los dos países firmaron un acuerdo de cooperación.",
        ),
        (
            "German",
            "Der Bundeskanzler traf am Dienstag in Berlin den japanischen Ministerpräsidenten. Beide Länder wollen enger zusammenarbeiten, sagte ein Sprecher.",
        ),
        (
            "Vietnamese",
            "Tổng Bí thư Nguyễn Phú Trọng đã thăm chính thức Nhật Bản từ ngày 15 đến ngày 18 tháng 9. Hai nước nhất trí tăng cường quan hệ đối tác chiến lược.",
        ),
        (
            "Russian",
            "Президент России провёл в Москве переговоры с премьер-министром Вьетнама. Стороны подписали соглашение о поставках нефти.",
        ),
        (
            "Mandarin",
            "越南共产党总书记阮富仲上周访问了日本。两国领导人同意加强海上安全合作，并签署了多项协议。",
        ),
        (
            "Japanese",
            "ベトナム共産党のグエン・フー・チョン書記長が先週日本を訪問した。両国は海洋安全保障での協力を強化することで一致した。",
        ),
        (
            "Korean",
            "베트남 공산당 서기장이 지난주 일본을 방문했다. 양국은 해양 안보 협력을 강화하기로 합의했다.",
        ),
        (
            "Arabic",
            "التقى وزير الخارجية المصري نظيره الياباني في القاهرة يوم الثلاثاء ووقع البلدان اتفاقا للتعاون.",
        ),
        (
            "Portuguese",
            "O presidente do Brasil recebeu na terça-feira o primeiro-ministro do Japão em Brasília. Os dois países assinaram um acordo de cooperação.",
        ),
        (
            "Dutch",
            "De minister van Buitenlandse Zaken heeft dinsdag in Den Haag zijn Japanse collega ontvangen. Beide landen willen meer samenwerken op zee.",
        ),
        (
            "Polish",
            "Prezydent Polski spotkał się we wtorek w Warszawie z premierem Japonii. Oba kraje podpisały umowę o współpracy wojskowej.",
        ),
        (
            "Turkish",
            "Cumhurbaşkanı salı günü Ankara'da Japonya başbakanı ile görüştü. İki ülke savunma alanında işbirliği anlaşması imzaladı.",
        ),
        (
            "Ukrainian",
            "Президент України провів у Києві переговори з прем'єр-міністром Японії. Сторони підписали угоду про співпрацю.",
        ),
    ] {
        assert_eq!(other(text), name, "{text}");
    }
}

#[test]
fn languages_without_marks_are_refused_under_some_name() {
    for text in [
        "Tong Bi thu Nguyen Phu Trong da tham chinh thuc Nhat Ban tu ngay 15 den ngay 18 thang 9. Hai nuoc nhat tri tang cuong quan he doi tac chien luoc.",
        "Presiden Joko Widodo bertemu dengan Perdana Menteri Jepang di Jakarta pada hari Selasa. Kedua negara menandatangani perjanjian kerja sama.",
        "Perdana Menteri Malaysia mengadakan pertemuan dengan Presiden Indonesia di Putrajaya bagi membincangkan hubungan dua hala kedua-dua negara.",
        "Le president francais a recu mardi le premier ministre japonais a Paris. Les deux pays ont signe un accord sur la securite en mer.",
        "El presidente recibio el martes al primer ministro. Los dos paises firmaron un acuerdo de cooperacion economica y militar.",
    ] {
        other(text);
    }
}

#[test]
fn most_of_the_text_decides() {
    let english = "The two countries have agreed to hold talks on the disputed islands in May, the ministry said.";
    let french = "Le ministre des affaires étrangères a reçu son homologue japonais à Paris.";
    assert_eq!(language(&format!("{english}\n\n{english}\n\n{french}")), Language::English);
    assert_eq!(other(&format!("{french}\n\n{french}\n\n{french}\n\n{english}")), "French");
}

#[test]
fn a_few_words_are_too_few() {
    for text in ["", "Hanoi", "20 September 2015", "Tokyo, Hanoi", "…"] {
        assert_eq!(language(text), Language::TooShort, "{text}");
    }
}
