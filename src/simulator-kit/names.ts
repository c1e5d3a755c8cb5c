/** Common names from many places; every person made of them is made up. */
export const givenNames: readonly string[] =
  `Ada Aisha Alejandro Amara Anders Anna Antoine Asha Astrid Bao Beatriz Bruno Carmen Chiara Daniel Diego Elena Elif Emeka
Emma Erik Fatima Felix Freya Giulia Grace Hana Hannah Hugo Ines Ivan Jakob Jamal Jana Joao Jonas Julia Kenji Kofi Lars
Laura Leila Lena Liam Lucia Luka Malik Maria Marek Mateo Maya Mei Mikael Nadia Noah Nora Olga Oliver Omar Oskar Paula
Pedro Petra Priya Rafael Ravi Rosa Sakura Samuel Sara Sofia Stefan Tariq Thomas Tomas Valentina Viktor Wei Yara Yusuf
Zoe`.split(/\s+/)

export const familyNames: readonly string[] =
  `Abe Adeyemi Ahmed Almeida Andersen Bauer Becker Berg Bianchi Boateng Brown Carter Castillo Chen Cohen Costa Demir
Diaz Dubois Eriksson Evans Fernandez Fischer Fontaine Garcia Gomez Gupta Hansen Hassan Hoffmann Horvat Ibrahim Ivanov
Jansen Johansson Jones Kaya Keller Khan Kim Klein Kowalski Kumar Larsen Lee Lehmann Lindberg Lopez Martin Martinez
Mbeki Mendoza Meyer Mori Moreau Muller Nakamura Ndiaye Nguyen Nielsen Novak Okafor Olsen Patel Pereira Petrov Popescu
Ramos Richter Romano Rossi Santos Sato Schmidt Schneider Sharma Silva Singh Smith Suzuki Svensson Takahashi Tanaka
Tran Vargas Virtanen Walker Weber Williams Wilson Wong Yilmaz Zhang Zimmermann`.split(/\s+/)
