using System.Reflection;

namespace Connectors.Databricks.Tests.Docs;

/// <summary>docs/errors.md lists the properties of the exception, and the values of the gateway mode.</summary>
public class ErrorsPageTests
{
    private static readonly MarkdownFile Page = MarkdownFile.All.Single(page => page.Path == "docs/errors.md");

    [Fact]
    public void The_page_lists_every_property_of_the_exception()
    {
        const BindingFlags Own = BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly;
        var own = typeof(DatabricksServingException).GetProperties(Own).Select(property => property.Name);

        Assert.Equal([], own.Except(Names("Exceptions")));
    }

    [Fact]
    public void The_page_lists_every_gateway_mode() =>
        Assert.Equal([], Enum.GetNames<DatabricksGatewayMode>().Except(Names("Unity Gateway")));

    private static IEnumerable<string> Names(string heading) =>
        MarkdownTable.In(Page).Where(table => table.Heading == heading).SelectMany(table => table.Rows)
            .Select(row => row.Cells[0].Trim('`'));
}
