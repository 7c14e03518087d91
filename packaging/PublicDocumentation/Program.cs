using System.Text;
using System.Xml;
using System.Xml.Linq;
using PublicDocumentation;

// Arguments: the XML documentation file, the assembly it documents, and a file that lists the assembly's references, one per line.
if (args is not [var documentation, var assembly, var references])
{
    Console.Error.WriteLine("PublicDocumentation : error PD0001: usage: PublicDocumentation <xml> <assembly> <references>");
    return 2;
}

var visible = VisibleMembers.Read(assembly, File.ReadAllLines(references));
var document = XDocument.Load(documentation, LoadOptions.PreserveWhitespace);
var dangling = DocumentationFilter.Apply(document, visible);
foreach (var (member, reference) in dangling)
{
    Console.Error.WriteLine($"{documentation} : error PD0002: {member} refers to {reference}, which users of the package cannot see.");
}

if (dangling.Count > 0)
{
    return 1;
}

// As the compiler writes it: no byte order mark, no reformatting.
var settings = new XmlWriterSettings { Encoding = new UTF8Encoding(false), NewLineHandling = NewLineHandling.None };
using var writer = XmlWriter.Create(documentation, settings);
document.Save(writer);
return 0;
