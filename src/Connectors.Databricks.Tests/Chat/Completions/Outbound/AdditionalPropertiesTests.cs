using System.Text.Json;
using System.Text.Json.Nodes;
using Connectors.Databricks.Tests.TestServices;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Tests.Chat.Completions.Outbound;

public class AdditionalPropertiesTests
{
    public static TheoryData<object?, string> Values => new()
    {
        { "text", "\"text\"" },
        { 3, "3" },
        { true, "true" },
        { null, "null" },
        { new Dictionary<string, object?> { ["a"] = new Dictionary<string, object?> { ["b"] = 1 } }, """{"a":{"b":1}}""" },
        { new Dictionary<string, string> { ["team"] = "search" }, """{"team":"search"}""" },
        { new Dictionary<string, int> { ["50256"] = -100 }, """{"50256":-100}""" },
        { new List<object?> { 1, "b", new List<int> { 2 } }, """[1,"b",[2]]""" },
        { JsonElement.Parse("""{"a":[1]}"""), """{"a":[1]}""" },
        { JsonNode.Parse("""{"a":[1]}"""), """{"a":[1]}""" },
    };

    [Theory]
    [MemberData(nameof(Values))]
    public Task An_additional_property_is_a_field_of_the_body(object? value, string json) => Outgoing.Sends(
        $$"""{"messages":[{"role":"user","content":"Hello?"}],"extra":{{json}}}""",
        Options("extra", value));

    [Fact]
    public async Task A_value_of_the_callers_type_is_written_by_the_callers_contract() => JsonText.AssertEqual(
        """{"messages":[{"role":"user","content":"Hello?"}],"context":{"city_name":"Oslo","degrees":[-3]}}""",
        (await Outgoing.Request(
            Some.Question(),
            Options("context", new Forecast("Oslo", [-3])),
            settings => settings.SerializerOptions = CallerContracts.Default.Options)).Body);

    [Fact]
    public Task A_typed_option_takes_precedence_over_an_additional_property_of_its_field() => Outgoing.Sends(
        """{"messages":[{"role":"user","content":"Hello?"}],"temperature":0.5}""",
        new ChatOptions { Temperature = 0.5f, AdditionalProperties = new() { ["temperature"] = 1.5 } });

    [Fact]
    public Task An_additional_property_does_not_replace_the_conversation() => Outgoing.Sends(
        """{"messages":[{"role":"user","content":"Hello?"}]}""",
        Options("messages", "none"));

    [Fact]
    public async Task A_value_without_a_contract_is_refused_with_its_key() => Assert.Equal(
        "ChatOptions.AdditionalProperties[\"context\"] cannot be written as JSON: No JSON contract is known for " + typeof(Forecast) +
        ". Pass a JsonElement or JsonNode, or add a source-generated context for the type to DatabricksServingOptions.SerializerOptions.",
        (await Outgoing.Refusal<NotSupportedException>(Options("context", new Forecast("Oslo", [])))).Message);

    [Fact]
    public async Task A_value_that_holds_itself_is_refused_with_its_key()
    {
        var circle = new Dictionary<string, object?>();
        circle["self"] = circle;

        var exception = await Outgoing.Refusal<NotSupportedException>(Options("circle", circle));

        Assert.StartsWith(
            "ChatOptions.AdditionalProperties[\"circle\"] cannot be written as JSON: ", exception.Message, StringComparison.Ordinal);
    }

    public static TheoryData<object> NoNumbers => new()
    {
        double.NaN, float.PositiveInfinity, JsonValue.Create(double.NaN), new List<double> { double.NegativeInfinity },
    };

    [Theory]
    [MemberData(nameof(NoNumbers))]
    public async Task A_number_that_json_does_not_have_is_refused_with_its_key(object value)
    {
        var exception = await Outgoing.Refusal<NotSupportedException>(Options("number", value));

        Assert.StartsWith(
            "ChatOptions.AdditionalProperties[\"number\"] cannot be written as JSON: ", exception.Message, StringComparison.Ordinal);
    }

    private static ChatOptions Options(string name, object? value) => new() { AdditionalProperties = new() { [name] = value } };
}
