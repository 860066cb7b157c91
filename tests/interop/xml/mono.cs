// SPDX-License-Identifier: LGPL-2.1-or-later
// Mono's side of mono_xml.sh, with .NET's XmlDictionaryReader and XmlDictionaryWriter:
//
//     mono.exe read KIND     prints what is read of each N.KIND (txt, bin, ses, mtom), in the words of peer.c
//     mono.exe write         reads each N.txt and writes it as N.m.bin, N.m.ses with N.m.dic, and N.m.mtom; typed values as the
//                            documents from 1000 - 8 on: see Typed()
//     mono.exe dictionary    prints the static dictionary
using System;
using System.Collections.Generic;
using System.IO;
using System.Reflection;
using System.Text;
using System.Xml;

class RecordingSession : XmlBinaryWriterSession
{
    public List<string> Strings = new List<string>();
    public override bool TryAdd(XmlDictionaryString value, out int key)
    {
        key = Strings.Count;
        Strings.Add(value.Value);
        return true;
    }
}

static class Peer
{
    static readonly XmlDictionaryReaderQuotas Quotas = XmlDictionaryReaderQuotas.Max;

    // The dictionary of the binary message encoding, which the framework does not publish.
    static XmlDictionary SoapDictionary()
    {
        var type = typeof(System.ServiceModel.Channels.BinaryMessageEncodingBindingElement).Assembly.GetType("System.ServiceModel.Constants");
        return (XmlDictionary)type.GetProperty("SoapDictionary", BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic)
            .GetValue(null, null);
    }

    static string Name(string prefix, string local, string ns)
    {
        return (prefix.Length > 0 ? prefix + ":" : "") + local + (ns.Length > 0 ? "{" + ns + "}" : "");
    }

    static string Describe(XmlDictionaryReader reader)
    {
        var text = new StringBuilder();
        bool inText = false;
        while (reader.Read())
        {
            bool isText = reader.NodeType == XmlNodeType.Text || reader.NodeType == XmlNodeType.Whitespace ||
                          reader.NodeType == XmlNodeType.SignificantWhitespace || reader.NodeType == XmlNodeType.CDATA;
            if (inText && !isText) text.Append('"');
            if (!inText && isText) text.Append('"');
            inText = isText;
            switch (reader.NodeType)
            {
            case XmlNodeType.Element:
                bool empty = reader.IsEmptyElement;
                text.Append('<').Append(Name(reader.Prefix, reader.LocalName, reader.NamespaceURI));
                while (reader.MoveToNextAttribute())
                {
                    if (reader.Prefix == "xmlns") text.Append(" @" + reader.LocalName + "=" + reader.Value);
                    else if (reader.LocalName == "xmlns" && reader.Prefix == "") text.Append(" @=" + reader.Value);
                    else text.Append(" " + Name(reader.Prefix, reader.LocalName, reader.NamespaceURI) + "=" + reader.Value);
                }
                reader.MoveToElement();
                if (empty) text.Append('>');
                break;
            case XmlNodeType.EndElement: text.Append('>'); break;
            case XmlNodeType.Comment: text.Append("#" + reader.Value + "#"); break;
            default: if (isText) text.Append(reader.Value); break;
            }
        }
        if (inText) text.Append('"');
        return text.Append('$').ToString();
    }

    static List<string> ReadStrings(string file)
    {
        var strings = new List<string>();
        byte[] bytes = File.ReadAllBytes(file);
        for (int pos = 0; pos < bytes.Length; pos += 1 + bytes[pos]) strings.Add(Encoding.UTF8.GetString(bytes, pos + 1, bytes[pos]));
        return strings;
    }

    static XmlDictionaryReader Open(string name, string kind)
    {
        var stream = new MemoryStream(File.ReadAllBytes(name + "." + kind));
        switch (kind)
        {
        case "txt": return XmlDictionaryReader.CreateTextReader(stream, Quotas);
        case "mtom": return XmlDictionaryReader.CreateMtomReader(stream, Encoding.UTF8, Quotas);
        case "bin": return XmlDictionaryReader.CreateBinaryReader(stream, SoapDictionary(), Quotas);
        default:
            var session = new XmlBinaryReaderSession();
            int id = 0;
            foreach (string str in ReadStrings(name + ".dic")) session.Add(id++, str);
            return XmlDictionaryReader.CreateBinaryReader(stream, SoapDictionary(), Quotas, session);
        }
    }

    static List<int> Documents(string pattern)
    {
        var list = new List<int>();
        foreach (string file in Directory.GetFiles(".", pattern))
        {
            int number;
            if (int.TryParse(Path.GetFileName(file).Split('.')[0], out number)) list.Add(number);
        }
        list.Sort();
        return list;
    }

    static void ReadAll(string kind)
    {
        var output = new StreamWriter(Console.OpenStandardOutput(), new UTF8Encoding(false));
        foreach (int number in Documents("*." + kind))
        {
            if (!File.Exists(number + "." + kind)) continue;
            string text;
            try { using (var reader = Open(number.ToString(), kind)) text = Describe(reader); }
            catch (Exception e) { text = e.GetType().Name + ": " + e.Message; }
            output.Write(number + " ");
            foreach (char c in text) output.Write(c < ' ' ? "\\x" + ((int)c).ToString("x2") : c.ToString());
            output.Write('\n');
        }
        output.Flush();
    }

    // Names go as strings of a dictionary where the writer has one.
    static void Copy(XmlDictionaryReader reader, XmlDictionaryWriter writer, XmlDictionary names)
    {
        while (reader.Read())
        {
            switch (reader.NodeType)
            {
            case XmlNodeType.Element:
                bool empty = reader.IsEmptyElement;
                if (names == null) writer.WriteStartElement(reader.Prefix, reader.LocalName, reader.NamespaceURI);
                else writer.WriteStartElement(reader.Prefix, names.Add(reader.LocalName), names.Add(reader.NamespaceURI));
                while (reader.MoveToNextAttribute())
                {
                    if (reader.Prefix == "xmlns") writer.WriteXmlnsAttribute(reader.LocalName, reader.Value);
                    else if (reader.LocalName == "xmlns" && reader.Prefix == "") writer.WriteXmlnsAttribute("", reader.Value);
                    else
                    {
                        if (names == null) writer.WriteStartAttribute(reader.Prefix, reader.LocalName, reader.NamespaceURI);
                        else writer.WriteStartAttribute(reader.Prefix, names.Add(reader.LocalName), names.Add(reader.NamespaceURI));
                        writer.WriteString(reader.Value);
                        writer.WriteEndAttribute();
                    }
                }
                reader.MoveToElement();
                if (empty) writer.WriteEndElement();
                break;
            case XmlNodeType.EndElement: writer.WriteEndElement(); break;
            case XmlNodeType.Comment: writer.WriteComment(reader.Value); break;
            default: writer.WriteString(reader.Value); break;
            }
        }
    }

    // Every kind of typed text and array that the writers have; the text form has to be the same in all encodings.
    static void Typed(XmlDictionaryWriter writer)
    {
        writer.WriteStartElement("root");
        Action<Action> item = write => { writer.WriteStartElement("i"); write(); writer.WriteEndElement(); };
        foreach (int i in new[] { 0, 1, -1, 127, 128, -129, 32768, 70000, int.MinValue, int.MaxValue }) item(() => writer.WriteValue(i));
        foreach (long l in new[] { 5L, long.MinValue, long.MaxValue }) item(() => writer.WriteValue(l));
        item(() => writer.WriteValue(true));
        item(() => writer.WriteValue(false));
        item(() => writer.WriteValue(0.5f));
        item(() => writer.WriteValue(0.125));
        item(() => writer.WriteValue(123.45m));
        item(() => writer.WriteValue(-7m));
        item(() => writer.WriteValue(new DateTime(2009, 10, 22, 1, 2, 3, DateTimeKind.Utc)));
        item(() => writer.WriteValue(new DateTime(2009, 10, 22, 1, 2, 3, 4, DateTimeKind.Unspecified)));
        item(() => writer.WriteValue(new Guid("01020304-0506-0708-090a-0b0c0d0e0f10")));
        item(() => writer.WriteValue(new UniqueId(new Guid("01020304-0506-0708-090a-0b0c0d0e0f10"))));
        item(() => writer.WriteBase64(new byte[1000], 0, 1000));
        item(() => writer.WriteBase64(new byte[] { 1, 2, 3, 4 }, 0, 4));
        item(() => { for (int i = 0; i < 5; i++) writer.WriteBase64(new byte[] { 1, 2 }, 0, 2); });
        item(() => writer.WriteString(new string('x', 300)));
        item(() => writer.WriteString(new string('\u20ac', 300)));
        writer.WriteArray(null, "i", "", new short[] { 1, -2, 300 }, 0, 3);
        writer.WriteArray(null, "i", "", new[] { 1, -2, 70000 }, 0, 3);
        writer.WriteArray(null, "i", "", new[] { 1L, long.MinValue }, 0, 2);
        writer.WriteArray(null, "i", "", new[] { true, false }, 0, 2);
        writer.WriteArray(null, "i", "", new[] { 0.5f, -0.25f }, 0, 2);
        writer.WriteArray(null, "i", "", new[] { 0.125, -4.5 }, 0, 2);
        writer.WriteArray(null, "i", "", new[] { 1.5m, -2m }, 0, 2);
        writer.WriteArray(null, "i", "", new[] { Guid.Empty, Guid.Empty }, 0, 2);
        writer.WriteStartElement("p", "q", "urn:n");
        writer.WriteAttributeString("b", "1");
        writer.WriteStartAttribute("n");
        writer.WriteValue(77);
        writer.WriteEndAttribute();
        writer.WriteQualifiedName("local", "urn:n");
        writer.WriteEndElement();
        writer.WriteEndElement();
    }

    static void Save(string name, string kind, Action<XmlDictionaryWriter, XmlDictionary> write)
    {
        using (var stream = File.Create(name + "." + kind))
        {
            var session = new RecordingSession();
            XmlDictionaryWriter writer;
            switch (kind)
            {
            case "txt": writer = XmlDictionaryWriter.CreateTextWriter(stream, new UTF8Encoding(false), false); break;
            case "mtom":
                writer = XmlDictionaryWriter.CreateMtomWriter(stream, new UTF8Encoding(false), int.MaxValue, "text/xml", "boundary", "http://start/0",
                                                              true, false);
                break;
            case "bin": writer = XmlDictionaryWriter.CreateBinaryWriter(stream, SoapDictionary(), null, false); break;
            default: writer = XmlDictionaryWriter.CreateBinaryWriter(stream, SoapDictionary(), session, false); break;
            }
            write(writer, kind == "ses" ? new XmlDictionary() : null);
            writer.Flush();
            writer.Close();
            if (kind != "ses") return;
            using (var dic = File.Create(name + ".dic"))
                foreach (string str in session.Strings)
                {
                    byte[] bytes = Encoding.UTF8.GetBytes(str);
                    dic.WriteByte((byte)bytes.Length);
                    dic.Write(bytes, 0, bytes.Length);
                }
        }
    }

    static void WriteAll()
    {
        var numbers = Documents("*.txt");
        int typed = numbers[numbers.Count - 1] + 1;
        foreach (string kind in new[] { "bin", "ses", "mtom" })
            foreach (int number in numbers)
            {
                try
                {
                    using (var reader = Open(number.ToString(), "txt")) Save(number + ".m", kind, (w, names) => Copy(reader, w, names));
                }
                catch (Exception e) { Console.Error.WriteLine("{0} as {1}: {2}", number, kind, e.Message); }
            }
        foreach (string kind in new[] { "txt", "bin", "ses", "mtom" }) Save(typed + ".m", kind, (w, names) => Typed(w));
    }

    static int Main(string[] args)
    {
        if (args[0] == "read") ReadAll(args[1]);
        else if (args[0] == "write") WriteAll();
        else
        {
            XmlDictionary dictionary = SoapDictionary();
            XmlDictionaryString str;
            var output = new StreamWriter(Console.OpenStandardOutput(), new UTF8Encoding(false));
            for (int i = 0; dictionary.TryLookup(i, out str); i++) output.Write(i * 2 + " " + str.Value + "\n");
            output.Flush();
        }
        return 0;
    }
}
