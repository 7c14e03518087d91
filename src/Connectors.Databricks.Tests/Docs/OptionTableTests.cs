using Connectors.Databricks.Emulator;
using Connectors.Databricks.Tests.Architecture;
using Microsoft.Extensions.Http.Resilience;

namespace Connectors.Databricks.Tests.Docs;

public class OptionTableTests
{
    /// <summary>Sections whose table names no type.</summary>
    private static readonly Dictionary<(string Page, string Heading), object> Sections = new()
    {
        [("docs/resilience.md", "Timeouts")] = new DatabricksServingOptions(),
        [("docs/resilience.md", "Retry")] = new DatabricksServingOptions().Resilience.Retry!,
        [("docs/resilience.md", "Rate limiter")] = new DatabricksResilienceOptions { RateLimiter = new HttpRateLimiterStrategyOptions() },
        [("docs/ai-query.md", "Batch inference on tables with ai_query")] = new AiQueryBatchOptions(
            "system.ai.x", SqlTableName.Parse("a.b.c"), SqlTableName.Parse("a.b.d"), "id", "prompt"),
        [("docs/resilience.md", "Circuit breaker")] = new HttpCircuitBreakerStrategyOptions(),
    };

    private static IEnumerable<MarkdownTable> Tables => MarkdownFile.All.SelectMany(MarkdownTable.In);

    [Fact]
    public void Every_default_in_a_table_of_options_is_real() => Rule.Holds(OptionTableRules.DefaultsAreReal(Tables, Instance));

    [Fact]
    public void Every_option_is_on_a_page() =>
        Rule.Holds(OptionTableRules.OptionsAreListed(
            ShippedApi.Types.Where(type => type.Name.EndsWith("Options", StringComparison.Ordinal) && !type.IsAbstract),
            [.. MarkdownFile.All.Where(page => page.Path.StartsWith("docs/", StringComparison.Ordinal))]));

    [Theory]
    [InlineData("Port", "1", "the default of Port is 0, and not '1'.")]
    [InlineData("Ports", "1", "DatabricksEmulatorOptions has no property 'Ports'.")]
    [InlineData("AddsDefaultEndpoints", "false", "the default of AddsDefaultEndpoints is True, and not 'false'.")]
    [InlineData("Management.ColdStart", "6 seconds", "the default of Management.ColdStart is 5 seconds, and not '6 seconds'.")]
    [InlineData("AzureTenantId", "3", "the default of AzureTenantId is none, and not '3'.")]
    public void A_default_that_is_not_real_is_named(string name, string value, string complaint) =>
        Assert.Equal(
            [$"a.md:3: {complaint}"],
            OptionTableRules.DefaultsAreReal(
                MarkdownTable.In(new MarkdownFile("a.md", $"| Option | Default |\n|---|---|\n| `{name}` | {value} |\n")),
                _ => new DatabricksEmulatorOptions()));

    [Fact]
    public void An_option_that_no_page_lists_is_named() =>
        Assert.Equal(
            ["no page lists EmulatorFaultsOptions.Pause."],
            OptionTableRules.OptionsAreListed([typeof(EmulatorFaultsOptions)], [new MarkdownFile("a.md", "`Faults.Seed`, Pause")]));

    private static object? Instance(MarkdownTable table)
    {
        var name = table.Header[0].Trim('`');
        return Sections.GetValueOrDefault((table.Page, table.Heading))
            ?? (table.Page == "docs/emulator.md" && typeof(DatabricksEmulatorOptions).GetProperty(name) is { } group
                ? group.GetValue(new DatabricksEmulatorOptions())
                : ShippedApi.Find(name) is { } type ? ShippedApi.New(type) : null);
    }
}
