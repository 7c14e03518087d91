using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Text.RegularExpressions;
using Connectors.Databricks.Management;

namespace Connectors.Databricks.Tests.Docs;

public partial class ExperimentalPageTests
{
    private static readonly string Page = MarkdownFile.All.Single(page => page.Path == "docs/experimental.md").Text;

    [Fact]
    public void The_page_lists_every_experimental_API_under_its_id()
    {
        var listed = Row().Matches(Page)
            .SelectMany(row => Name().Matches(row.Groups["apis"].Value)
                .Select(name => (row.Groups["id"].Value, name.Groups["member"].Value)));

        Assert.Equal(Experimental().Order(), listed.Order());
    }

    private const BindingFlags Declared = BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    private static IEnumerable<(string Id, string Member)> Experimental() =>
        from assembly in new[] { typeof(DatabricksServingClient).Assembly, typeof(DatabricksManagementClient).Assembly }
        from type in assembly.GetExportedTypes()
        from member in type.GetMembers(Declared).Append(type)
        from attribute in member.GetCustomAttributes<ExperimentalAttribute>(inherit: false)
        group member by (attribute.DiagnosticId, member.Name) into overloads
        select overloads.Key;

    [GeneratedRegex(@"^\| `(?<id>DBXEXP\d{3})` \| (?<apis>[^|]+) \|", RegexOptions.Multiline)]
    private static partial Regex Row();

    [GeneratedRegex(@"`(?:\w+\.)?(?<member>\w+)`")]
    private static partial Regex Name();
}
