using System.Xml.Linq;

namespace Connectors.Databricks.Packaging.Tests.Dependencies;

/// <summary>What a nuspec makes a user's project restore, as text: a line for each framework, then its dependencies.</summary>
internal static class DependencyList
{
    public static string Of(XDocument nuspec)
    {
        var lines = from @group in nuspec.Descendants()
                    where @group.Name.LocalName is "group"
                    let kind = @group.Parent!.Name.LocalName == "frameworkReferences" ? "framework" : "package"
                    let framework = @group.Attribute("targetFramework")?.Value ?? "any"
                    from dependency in @group.Elements().Select(Described).DefaultIfEmpty("none")
                    let line = $"{framework} {kind} {dependency}"
                    orderby line
                    select line;
        var loose = from element in nuspec.Descendants()
                    where element.Name.LocalName == "dependency" && element.Parent!.Name.LocalName != "group"
                    select $"any package {Described(element)}";
        return string.Concat(lines.Concat(loose).Select(line => $"{line}\n"));
    }

    private static string Described(XElement element) =>
        string.Join(' ', element.Attributes().Select(attribute => attribute.Name.LocalName is "id" or "name" or "version"
            ? attribute.Value
            : $"{attribute.Name.LocalName}={attribute.Value}"));
}
