using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Connectors.Databricks.Packaging.Tests.Release;

public partial class DocumentationTests
{
    [Theory]
    [ClassData(typeof(PackageIds))]
    public void Documentation_covers_every_public_type_and_no_other_member(string id)
    {
        var package = Package.Open(id);
        foreach (var assembly in package.Assemblies)
        {
            var api = VisibleApi.Of(package.Entries[assembly]);
            var documented = XDocument.Parse(package.Text(Path.ChangeExtension(assembly, ".xml")))
                .Descendants("member").Select(member => member.Attribute("name")!.Value).ToList();

            Assert.All(documented, member => Assert.True(IsVisible(api, member), member));
            Assert.Empty(api.Keys.Except(documented.Where(IsType).Select(member => member[2..])));
        }
    }

    private static bool IsVisible(IReadOnlyDictionary<string, HashSet<string>> api, string member)
    {
        if (IsType(member))
        {
            return api.ContainsKey(member[2..]);
        }

        // M:Namespace.Type.Name``1(Parameters)~Result
        var name = Signature().Replace(member[2..], "");
        var dot = name.LastIndexOf('.');
        return api.TryGetValue(name[..dot], out var members) && members.Contains(name[(dot + 1)..]);
    }

    private static bool IsType(string member) => member.StartsWith("T:", StringComparison.Ordinal);

    [GeneratedRegex(@"(``\d+)?([(~].*)?$")]
    private static partial Regex Signature();
}
