"""
How people are named, and where they live: the material the demo company is drawn from.

A name is written as its people write it; after `=` stands how it is spelled in an address,
where letters alone do not tell. `Kowalski/Kowalska` gives the form for a man and for a woman.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Place:
    """A city with its country (ISO 3166) and its IANA time zone."""

    city: str
    country: str
    time_zone: str


@dataclass(frozen=True, slots=True)
class Culture:
    """Given names of men and women, family names, and the places where they live."""

    men: tuple[str, ...]
    women: tuple[str, ...]
    families: tuple[str, ...]
    places: tuple[Place, ...]
    family_first: bool = False
    joiner: str = " "


def _culture(
    men: str, women: str, families: str, *places: tuple[str, str, str], **options: object
) -> Culture:
    return Culture(
        men=tuple(men.split()),
        women=tuple(women.split()),
        families=tuple(name.strip() for name in families.split(",")),
        places=tuple(Place(*place) for place in places),
        family_first=bool(options.get("family_first", False)),
        joiner=str(options.get("joiner", " ")),
    )


CULTURES: dict[str, Culture] = {
    "american": _culture(
        "William Marcus Andre Daniel Tyler Joshua Malik Robert Jamal Ethan Carlos Nathan Derek Owen",
        "Katherine Jasmine Elizabeth Tiffany Rachel Monique Alicia Hannah Keisha Megan Denise Lauren",
        "Brooks, Washington, Delgado, Okafor, Sullivan, Nakamura, Reyes, Whitaker, Boateng, Kowalczyk,"
        " Harrington, Bellamy, Castellanos, Freeman, Lindholm, Pruitt, Vance, Yazzie, Abernathy, Tran",
        ("Atlanta", "US", "America/New_York"),
        ("Boston", "US", "America/New_York"),
        ("Charlotte", "US", "America/New_York"),
        ("Chicago", "US", "America/Chicago"),
        ("Dallas", "US", "America/Chicago"),
        ("Memphis", "US", "America/Chicago"),
        ("Denver", "US", "America/Denver"),
        ("Oakland", "US", "America/Los_Angeles"),
        ("Seattle", "US", "America/Los_Angeles"),
    ),
    "canadian": _culture(
        "Étienne Mathieu Olivier Liam Gabriel Benoît Alexandre Noah Jean-François Samuel",
        "Geneviève Camille Maude Noémie Chloé Rosalie Anne-Sophie Emily Frédérique Olivia",
        "Tremblay, Gagnon, Bouchard, Lévesque, Côté, MacKinnon, Fournier, Singh Dhaliwal, Pelletier,"
        " Beausoleil, Morin, Campbell, Thériault, Chartrand, Leblanc",
        ("Montréal", "CA", "America/Toronto"),
        ("Toronto", "CA", "America/Toronto"),
        ("Halifax", "CA", "America/Halifax"),
        ("Vancouver", "CA", "America/Vancouver"),
    ),
    "mexican": _culture(
        "Alejandro Emiliano Rodrigo Joaquín Andrés Héctor Ignacio Raúl Sebastián Óscar",
        "Ximena Valeria Guadalupe Renata Marisol Itzel Lucía Regina Citlali Paola",
        "Hernández Ruiz, Núñez Cárdenas, Villaseñor, Ibáñez Luna, Ávila Montes, Treviño Garza, Ocampo,"
        " Zúñiga Pérez, Escamilla, Quiñones, Solís Rangel, Peña Aguirre, Castañeda, Robles Díaz",
        ("Mexico City", "MX", "America/Mexico_City"),
        ("Monterrey", "MX", "America/Monterrey"),
        ("Guadalajara", "MX", "America/Mexico_City"),
    ),
    "brazilian": _culture(
        "Thiago João Rafael Caio Gustavo Antônio Murilo Vinícius Leandro Otávio",
        "Beatriz Luísa Mariana Conceição Yasmin Letícia Débora Heloísa Iara Júlia",
        "Gonçalves, Araújo Lima, Nascimento, Figueirêdo, Teixeira Brandão, Magalhães, Cardoso, Peixoto,"
        " Guimarães, Siqueira, Rezende, Damasceno, Falcão, Vasconcelos, Moraes Pinto",
        ("São Paulo", "BR", "America/Sao_Paulo"),
        ("Recife", "BR", "America/Recife"),
        ("Curitiba", "BR", "America/Sao_Paulo"),
    ),
    "andean": _culture(
        "Martín Nicolás Facundo Tomás Julián Matías Santiago Ezequiel Cristóbal Iván",
        "Catalina Sofía Florencia Milagros Antonella Isidora Manuela Rocío Belén Ñusta",
        "Etchegaray, Ñáñez, Mamani Quispe, Saldarriaga, Urrutia, Bustamante, Ferreyra, Echeverri, Larraín,"
        " Huamán, Pizarro, Montoya Gil, Ordóñez, Riquelme, Barrenechea",
        ("Buenos Aires", "AR", "America/Argentina/Buenos_Aires"),
        ("Bogotá", "CO", "America/Bogota"),
        ("Lima", "PE", "America/Lima"),
        ("Valparaíso", "CL", "America/Santiago"),
    ),
    "british": _culture(
        "Callum Rhys Alistair Imran Jonathan Gethin Dominic Hamish Kofi Oliver",
        "Bronwen Fiona Harriet Saoirse Amara Isla Rosalind Cerys Gemma Niamh",
        "Ashworth, Llewellyn, MacAllister, Chaudhry, Pemberton, O’Shaughnessy, Griffiths, Fairbairn,"
        " Ogunleye, Thistlewood, Ramsbottom, Kendrick, Penhaligon, Sutherland, Begum",
        ("London", "GB", "Europe/London"),
        ("Cardiff", "GB", "Europe/London"),
        ("Glasgow", "GB", "Europe/London"),
        ("Belfast", "GB", "Europe/London"),
        ("Cork", "IE", "Europe/Dublin"),
    ),
    "french": _culture(
        "Aurélien Hugo Théo Mehdi Baptiste Loïc Rémi Grégoire Youssef Maël",
        "Inès Clémence Margaux Océane Solène Amélie Fatoumata Maëlle Héloïse Jade",
        "Lefèvre, Dubois-Nguyen, Chevallier, Benkirane, Rousseau, Traoré, Delacroix, Pérrin, Garnier,"
        " Le Goff, Moreau, Haddad, Vasseur, Bourgeois, Desjardins",
        ("Paris", "FR", "Europe/Paris"),
        ("Nantes", "FR", "Europe/Paris"),
        ("Strasbourg", "FR", "Europe/Paris"),
        ("Liège", "BE", "Europe/Brussels"),
    ),
    "german": _culture(
        "Jörg Lukas Matthias Jürgen Felix Cem Björn Tobias Konstantin Sören",
        "Käthe Franziska Annika Leyla Ulrike Jördis Friederike Mareike Sabine Heike",
        "Müller, Schäfer, Großmann, Öztürk-Weber, Köhler, von Rabenau, Bächle, Vogelsang, Hübner,"
        " Strauß, Zimmermann, Lüdemann, Weiß, Kirchhoff, Steinbrück",
        ("Hamburg", "DE", "Europe/Berlin"),
        ("Munich", "DE", "Europe/Berlin"),
        ("Vienna", "AT", "Europe/Vienna"),
        ("Zürich", "CH", "Europe/Zurich"),
    ),
    "dutch": _culture(
        "Sjoerd Jeroen Bram Maarten Ruben Thijs Willem Noureddine",
        "Marieke Femke Sanne Annelies Roos Jolijn Lotte Soraya",
        "van den Heuvel, de Vries, Bakker, IJsbrandij, van ’t Hoff, Jansen, El Amrani, Dijkstra, ter Horst,"
        " Wouters, Peeters, Vermeulen",
        ("Rotterdam", "NL", "Europe/Amsterdam"),
        ("Utrecht", "NL", "Europe/Amsterdam"),
        ("Ghent", "BE", "Europe/Brussels"),
    ),
    "nordic": _culture(
        "Håkon Mikkel Åke Jóhann Eetu Bjørn Rasmus Väinö Sindre Øystein",
        "Astrid Maja Åsa Guðrún Aino Ingrid Freja Päivi Siv Sólveig",
        "Sørensen, Bergström, Hämäläinen, Ødegård, Åkesson, Kristjánsson/Kristjánsdóttir, Nyström, Lehtonen,"
        " Kjærgaard, Thorvaldsen, Björklund, Mäkelä, Østergaard, Haugen",
        ("Stockholm", "SE", "Europe/Stockholm"),
        ("Bergen", "NO", "Europe/Oslo"),
        ("Aarhus", "DK", "Europe/Copenhagen"),
        ("Tampere", "FI", "Europe/Helsinki"),
        ("Reykjavík", "IS", "Atlantic/Reykjavik"),
    ),
    "iberian": _culture(
        "Gonçalo Íñigo Álvaro Duarte Jordi Rui Xavier Unai Tomé Aitor",
        "Inês Nerea Montserrat Leonor Begoña Catarina Aránzazu Xiana Graça Núria",
        "Carvalhal, Echevarría, Puigdomènech, Conceição, Ibáñez, Falcão Neto, Goikoetxea, Magalhães, Vázquez,"
        " Brandão, Muñoz Peñalver, Sepúlveda, Quintela, Castelão",
        ("Lisbon", "PT", "Europe/Lisbon"),
        ("Porto", "PT", "Europe/Lisbon"),
        ("Valencia", "ES", "Europe/Madrid"),
        ("Bilbao", "ES", "Europe/Madrid"),
    ),
    "italian": _culture(
        "Niccolò Matteo Pierluigi Davide Giosuè Tommaso Ruggero Amedeo",
        "Chiara Ludovica Giulia Mirella Benedetta Ilaria Noemi Fiorenza",
        "D’Alessandro, Santangelo, Dell’Acqua, Morandi, Niccolai, Pellegrini, Cusumano, Brambilla,"
        " De Santis, Zanetti, Quaranta, Lo Presti",
        ("Milan", "IT", "Europe/Rome"),
        ("Palermo", "IT", "Europe/Rome"),
    ),
    "polish": _culture(
        "Michał Paweł Stanisław Jarosław Kacper Wojciech Bartłomiej Grzegorz",
        "Małgorzata Agnieszka Zuzanna Grażyna Łucja Katarzyna Bożena Urszula",
        "Kowalski/Kowalska, Dąbrowski/Dąbrowska, Wójcik, Zieliński/Zielińska, Szczęsny/Szczęsna, Gołębiewski"
        "/Gołębiewska, Król, Jabłoński/Jabłońska, Błaszczyk, Sikora, Wróblewski/Wróblewska, Mroźny/Mroźna",
        ("Warsaw", "PL", "Europe/Warsaw"),
        ("Kraków", "PL", "Europe/Warsaw"),
    ),
    "czech": _culture(
        "Jiří Ondřej Václav Matěj Řehoř Zdeněk Lukáš Tomáš",
        "Kateřina Žofie Zdeňka Markéta Eliška Jaroslava Veronika Alžběta",
        "Dvořák/Dvořáková, Novotný/Novotná, Procházka/Procházková, Růžička/Růžičková, Šťastný/Šťastná,"
        " Kučera/Kučerová, Hájek/Hájková, Čech/Čechová, Říha/Říhová, Vaněk/Vaňková",
        ("Prague", "CZ", "Europe/Prague"),
        ("Brno", "CZ", "Europe/Prague"),
        ("Bratislava", "SK", "Europe/Bratislava"),
    ),
    "ukrainian": _culture(
        "Андрій=andrii Олександр=oleksandr Тарас=taras Богдан=bohdan Юрій=yurii Дмитро=dmytro",
        "Оксана=oksana Юлія=yuliia Наталія=nataliia Ірина=iryna Соломія=solomiia Дарина=daryna",
        "Коваленко=kovalenko, Бондаренко=bondarenko, Лисенко=lysenko, Гриценко=hrytsenko, Мельник=melnyk,"
        " Яремчук=yaremchuk, Щербак=shcherbak, Кравець=kravets, Опришко=opryshko, Довженко=dovzhenko",
        ("Kyiv", "UA", "Europe/Kyiv"),
        ("Lviv", "UA", "Europe/Kyiv"),
    ),
    "greek": _culture(
        "Γιώργος=giorgos Δημήτρης=dimitris Στέλιος=stelios Θανάσης=thanasis Παύλος=pavlos",
        "Ελένη=eleni Αικατερίνη=aikaterini Δέσποινα=despoina Χριστίνα=christina Ζωή=zoi",
        "Αλεξίου=alexiou, Καραγιάννης=karagiannis/Καραγιάννη=karagianni, Οικονόμου=oikonomou,"
        " Θεοδωρίδης=theodoridis/Θεοδωρίδου=theodoridou, Βλάχος=vlachos/Βλάχου=vlachou, Ζαφειρίου=zafeiriou,"
        " Νικολάου=nikolaou, Ξενάκης=xenakis/Ξενάκη=xenaki",
        ("Athens", "GR", "Europe/Athens"),
        ("Thessaloniki", "GR", "Europe/Athens"),
        ("Limassol", "CY", "Asia/Nicosia"),
    ),
    "turkish": _culture(
        "Barış İlker Çağrı Ömer Şükrü Tolga Yiğit Uğur",
        "Gülşen Işıl Çiğdem Özlem Şebnem Elif Tuğba Müjde",
        "Yıldırım, Öztürk, Şimşek, Çelikkol, Gündoğdu, Kılıç, Aydın, Güneş, Ağaoğlu, İnönü, Demirtaş, Tüzün",
        ("Istanbul", "TR", "Europe/Istanbul"),
        ("Ankara", "TR", "Europe/Istanbul"),
    ),
    "arabic": _culture(
        "أحمد=ahmad خالد=khalid طارق=tariq يوسف=yousef زياد=ziad سامي=sami فيصل=faisal",
        "ليلى=layla نور=nour ريم=reem هالة=hala سلمى=salma مها=maha دينا=dina",
        "المنصوري=almansouri, الحداد=alhaddad, الشامي=alshami, عبد الرحمن=abdelrahman, القحطاني=alqahtani,"
        " النجار=alnajjar, حمدان=hamdan, الزهراني=alzahrani, سليمان=suleiman, خليل=khalil",
        ("Dubai", "AE", "Asia/Dubai"),
        ("Riyadh", "SA", "Asia/Riyadh"),
        ("Cairo", "EG", "Africa/Cairo"),
        ("Amman", "JO", "Asia/Amman"),
    ),
    "hebrew": _culture(
        "יונתן=yonatan אורי=uri איתן=eitan נועם=noam עומר=omer",
        "תמר=tamar נועה=noa שירה=shira יעל=yael מיכל=michal",
        "לוי=levi, כהן=cohen, ברק=barak, שפירא=shapira, אבני=avni, גולן=golan, מזרחי=mizrahi",
        ("Tel Aviv", "IL", "Asia/Jerusalem"),
    ),
    "west african": _culture(
        "Babatunde Kwabena Chukwuemeka Olúwaṣeun Yaw Ibrahim Tobenna Kojo",
        "Adaeze Akosua Folasade Efua Olúfúnmiláyọ̀ Zainab Chiamaka Abena",
        "Adébáyọ̀, Mensah, Ezeudu, Owusu-Ansah, Balogun, Danjuma, Nwachukwu, Quartey, Olatunji, Sarpong",
        ("Lagos", "NG", "Africa/Lagos"),
        ("Accra", "GH", "Africa/Accra"),
    ),
    "east african": _culture(
        "Kamau Baraka Otieno Juma Mwangi",
        "Wanjiru Akinyi Zawadi Neema Nyambura",
        "Kariuki, Ochieng’, Njoroge, Mutua, Wekesa, Barasa, Chebet",
        ("Nairobi", "KE", "Africa/Nairobi"),
        ("Kampala", "UG", "Africa/Kampala"),
    ),
    "ethiopian": _culture(
        "ዳዊት=dawit ተስፋዬ=tesfaye ዮናስ=yonas",
        "ሰላም=selam ማርታ=marta ህይወት=hiwot",
        "በቀለ=bekele, ታደሰ=tadesse, መኮንን=mekonnen, ወልደ ማርያም=woldemariam",
        ("Addis Ababa", "ET", "Africa/Addis_Ababa"),
    ),
    "southern african": _culture(
        "Sipho Pieter Tshepo Lwazi Johan Mandla Riaan Kagiso",
        "Nomvula Lerato Annelize Zanele Thandeka Mpho Elsabé Naledi",
        "Dlamini, van der Merwe, Mokoena, Naidoo, Khumalo, Botha, Mahlangu, Ngcobo, Pillay, Joubert",
        ("Cape Town", "ZA", "Africa/Johannesburg"),
        ("Durban", "ZA", "Africa/Johannesburg"),
        ("Gaborone", "BW", "Africa/Gaborone"),
    ),
    "japanese": _culture(
        "健太=kenta 大輔=daisuke 翔=sho 拓海=takumi 直樹=naoki 悠斗=yuto",
        "陽子=yoko 彩=aya 千夏=chinatsu 真理子=mariko 由美=yumi 結衣=yui",
        "田中=tanaka, 高橋=takahashi, 渡辺=watanabe, 小林=kobayashi, 中村=nakamura, 山口=yamaguchi, 松本=matsumoto,"
        " 井上=inoue, 斎藤=saito, 長谷川=hasegawa",
        ("Tokyo", "JP", "Asia/Tokyo"),
        ("Osaka", "JP", "Asia/Tokyo"),
        ("Fukuoka", "JP", "Asia/Tokyo"),
        family_first=True,
    ),
    "korean": _culture(
        "민준=minjun 지훈=jihoon 도윤=doyun 성호=seongho 태현=taehyun",
        "서윤=seoyun 지우=jiwoo 은영=eunyoung 하은=haeun 수빈=subin",
        "김=kim, 이=lee, 박=park, 최=choi, 정=jung, 강=kang, 조=cho, 윤=yoon, 남궁=namgung",
        ("Seoul", "KR", "Asia/Seoul"),
        ("Busan", "KR", "Asia/Seoul"),
        family_first=True,
        joiner="",
    ),
    "chinese": _culture(
        "伟=wei 建国=jianguo 志强=zhiqiang 俊杰=junjie 文博=wenbo",
        "芳=fang 丽娜=lina 雅婷=yating 晓梅=xiaomei 思颖=siying",
        "王=wang, 李=li, 张=zhang, 陈=chen, 欧阳=ouyang, 林=lin, 黄=huang, 周=zhou, 徐=xu, 郭=guo",
        ("Shanghai", "CN", "Asia/Shanghai"),
        ("Shenzhen", "CN", "Asia/Shanghai"),
        ("Taipei", "TW", "Asia/Taipei"),
        ("Hong Kong", "HK", "Asia/Hong_Kong"),
        family_first=True,
        joiner="",
    ),
    "vietnamese": _culture(
        "Minh Đức Quang Hiếu Tuấn Dũng",
        "Hương Thảo Ngọc Linh Phượng Yến",
        "Nguyễn Văn/Nguyễn Thị, Trần Đình/Trần Thị, Lê Hữu/Lê Thị, Phạm Quốc/Phạm Thị, Võ Thành/Võ Thị,"
        " Đặng Xuân/Đặng Thị, Bùi Công/Bùi Thị",
        ("Hanoi", "VN", "Asia/Ho_Chi_Minh"),
        ("Da Nang", "VN", "Asia/Ho_Chi_Minh"),
        family_first=True,
    ),
    "thai": _culture(
        "ณัฐพล=nattaphon สมชาย=somchai กิตติ=kitti ธนากร=thanakorn",
        "สุภาพร=supaporn พิมพ์ชนก=pimchanok อรุณี=arunee กมลวรรณ=kamonwan",
        "ศรีสุวรรณ=srisuwan, วงศ์สวัสดิ์=wongsawat, จันทร์เพ็ญ=chanpen, บุญมี=bunmi, ทองคำ=thongkham",
        ("Bangkok", "TH", "Asia/Bangkok"),
        ("Chiang Mai", "TH", "Asia/Bangkok"),
    ),
    "singaporean": _culture(
        "Wei-Liang Chee-Keong Jun-Hao Hafiz Arjun",
        "Hui-Min Priscilla Siew-Ling Nurul Kavitha",
        "Tan, Lim, Goh, Chua, Ong, Rahman, Pillai",
        ("Singapore", "SG", "Asia/Singapore"),
        ("Penang", "MY", "Asia/Kuala_Lumpur"),
    ),
    "indonesian": _culture(
        "Budi Rizal Agus Yusuf",
        "Dewi Putri Siti Ayu",
        "Santoso, Wijaya, Hartono, Kusuma, Siregar, Pratama",
        ("Jakarta", "ID", "Asia/Jakarta"),
        ("Surabaya", "ID", "Asia/Jakarta"),
    ),
    "filipino": _culture(
        "Ramon Jun-Jun Crisanto Emilio",
        "Maricel Ligaya Rosario Divina",
        "dela Cruz, Magsaysay, Macaraeg, Bautista, Evangelista, Dimaculangan",
        ("Cebu", "PH", "Asia/Manila"),
        ("Manila", "PH", "Asia/Manila"),
    ),
    "indian": _culture(
        "Aditya Karthik Harpreet Subramanian Faizan Rohan Debashish Venkatesh",
        "Ananya Meenakshi Simran Lakshmi Ayesha Kavya Paromita Sneha",
        "Chatterjee, Venkatasubramanian, Singh Gill/Kaur Gill, Deshpande, Iyer, Qureshi, Mukhopadhyay, Reddy, Bhattacharya,"
        " Nair, Joshi, Krishnamurthy",
        ("Bengaluru", "IN", "Asia/Kolkata"),
        ("Mumbai", "IN", "Asia/Kolkata"),
        ("Kolkata", "IN", "Asia/Kolkata"),
        ("Colombo", "LK", "Asia/Colombo"),
    ),
    "hindi": _culture(
        "राजेश=rajesh अमित=amit विक्रम=vikram सुरेश=suresh",
        "प्रिया=priya सुनीता=sunita कविता=kavita नेहा=neha",
        "शर्मा=sharma, वर्मा=verma, गुप्ता=gupta, मिश्रा=mishra, त्रिपाठी=tripathi, चौहान=chauhan",
        ("Delhi", "IN", "Asia/Kolkata"),
        ("Jaipur", "IN", "Asia/Kolkata"),
    ),
    "oceanian": _culture(
        "Lachlan Tāne Angus Minh-Khoa Wiremu Harrison Jarrah Dimitri",
        "Matilda Aroha Bronte Tuyết Kirra Ngaire Imogen Mereana",
        "Parata, O’Callaghan, Papadimitriou, Ngata, Fitzgerald, Tūhoe, Robertson, Vu, Marinovich, Te Rangi",
        ("Melbourne", "AU", "Australia/Melbourne"),
        ("Perth", "AU", "Australia/Perth"),
        ("Auckland", "NZ", "Pacific/Auckland"),
    ),
}
