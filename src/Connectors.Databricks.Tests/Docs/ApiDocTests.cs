using Connectors.Databricks.Tests.Architecture;

namespace Connectors.Databricks.Tests.Docs;

public class ApiDocTests
{
    [Fact]
    public void Properties_start_with_Gets_or_sets() => Rule.Holds(ApiDocRules.PropertiesSayWhatTheyDo(ShippedApi.Types));

    [Fact]
    public void Methods_start_with_a_verb() => Rule.Holds(ApiDocRules.MethodsSayWhatTheyDo(ShippedApi.Types));

    [Fact]
    public void Options_have_their_defaults() => Rule.Holds(ApiDocRules.OptionsHaveTheirDefaults(ShippedApi.Types));

    [Fact]
    public void The_rules_read_documentation() => Assert.All(
        ShippedApi.Assemblies, assembly => Assert.True(ApiDocRules.CountOfDocumented(assembly) > 100, assembly.FullName));

    [Theory]
    [InlineData("Settable", "Gets or sets the text.", true)]
    [InlineData("Settable", "Gets the text.", false)]
    [InlineData("Init", "Gets the text.", true)]
    [InlineData("Init", "Gets or sets the text.", false)]
    [InlineData("IsSet", "Gets a value indicating whether it is set.", true)]
    [InlineData("IsSet", "Gets whether it is set.", false)]
    public void A_property_has_the_summary_of_its_accessors(string name, string summary, bool isConventional) =>
        Assert.Equal(isConventional, ApiDocRules.IsConventional(typeof(Sample).GetProperty(name)!, summary));

    [Theory]
    [InlineData("GetAsync", "Gets an endpoint.", true)]
    [InlineData("GetAsync", "An endpoint.", false)]
    [InlineData("#ctor", "Initializes a new instance of the A class.", true)]
    [InlineData("#ctor", "Creates it.", false)]
    public void A_method_has_a_verb(string name, string summary, bool isConventional) =>
        Assert.Equal(isConventional, ApiDocRules.IsConventional(name, summary));

    private sealed class Sample
    {
        public string? Settable { get; set; }

        public string? Init { get; init; }

        public bool IsSet { get; init; }
    }
}
