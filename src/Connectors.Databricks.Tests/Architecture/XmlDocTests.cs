namespace Connectors.Databricks.Tests.Architecture;

public class XmlDocTests
{
    private const string Path = "src/Connectors.Databricks/A.cs";

    [Fact]
    public void Summaries_of_public_properties_start_with_Gets() => Rule.Holds(XmlDocRules.PropertiesStartWithGets(
        Repository.Core.Concat(Repository.Adapter)
            .Where(file => file.Folders is [] or ["Options" or "Discovery" or "Sql"])
            .Concat(Repository.Management)
            .Concat(Repository.AspNetCore.Where(file => file.Folders is [] or ["Options"]))
            .Concat(Repository.Emulator.Concat(Repository.EmulatorSql)
                .Where(file => file.Text.Contains("\npublic ", StringComparison.Ordinal)))));

    [Theory]
    [InlineData("public string? B { get; init; }")]
    [InlineData("public virtual Uri B => new(\"a\");")]
    [InlineData("public IReadOnlyList<string> B\n    {\n        get => _b;")]
    [InlineData("[Obsolete]\n    public required (int, int) B { get; set; }")]
    public void A_summary_that_starts_otherwise_is_named(string property) => Assert.Equal(
        [$"{Path}:{2 + property.Split("B")[0].Count(c => c == '\n')}: the summary of B does not start with 'Gets'."],
        XmlDocRules.PropertiesStartWithGets([new SourceFile(Path, $"    /// <summary>The thing.</summary>\n    {property}\n")]));

    [Theory]
    [InlineData("/// <summary>Gets the thing.</summary>\n    public int B { get; }")]
    [InlineData("/// <summary>\n    /// Gets or sets the thing.\n    /// </summary>\n    public int B { get; set; }")]
    [InlineData("/// <summary>A value.</summary>\n    public static A B { get; } = new(\"b\");")]
    [InlineData("/// <summary>Does it.</summary>\n    public int B() => 1;")]
    public void A_summary_that_starts_with_Gets_and_other_members_are_left_alone(string member) =>
        Assert.Empty(XmlDocRules.PropertiesStartWithGets([new SourceFile(Path, $"    {member}\n")]));
}
