using System.Globalization;
using System.Text.Json.Nodes;

namespace Connectors.Databricks.Tests.Emulator.Refusals;

/// <summary>Nested members that are rejected.</summary>
public class UnknownPartTests
{
    private const string Place = "tools[0].function_declarations[0].parameters";

    [Theory]
    [InlineData(
        """{"type":"integer","enum":[1]}""",
        "Invalid value at '{0}.enum[0]' (TYPE_STRING), 1\nInvalid value at '{0}.enum': only allowed for STRING type")]
    [InlineData("""{"type":"integer","enum":["a"]}""", "Invalid value at '{0}.enum': only allowed for STRING type")]
    [InlineData("""{"type":"string","enum":["a",null]}""", "Invalid value at '{0}.enum[1]' (TYPE_STRING), null")]
    [InlineData(
        """{"type":"string","format":"uri"}""",
        "* GenerateContentRequest.{0}.format: only 'enum' and 'date-time' are supported for STRING type")]
    [InlineData(
        """{"anyOf":[{"type":"string","const":"a"}]}""",
        "Invalid JSON payload received. Unknown name \"const\" at '{0}.any_of[0]': Cannot find field.")]
    public async Task Gemini_refuses_values_that_google_does_not_know(string schema, string words)
    {
        await using Wire wire = await Wire.OpenAsync(options => options.Strict = true);

        string answer = await wire.AskAsync(
            "databricks-gemini-3-1-pro",
            $$$"""{"messages":[{"role":"user","content":"Hi"}],"tools":[{"type":"function","function":{"name":"f","parameters":{{{schema}}}}}]}""");

        Assert.Equal((400, words.Replace("{0}", Place, StringComparison.Ordinal)), Said(answer));
    }

    [Theory]
    [InlineData("""{"type":"string","enum":["a"],"format":"enum"}""")]
    [InlineData("""{"type":"string","format":"date-time"}""")]
    [InlineData("""{"anyOf":[{"type":"string"}]}""")]
    public async Task Gemini_takes_what_google_knows(string schema)
    {
        await using Wire wire = await Wire.OpenAsync();

        string answer = await wire.AskAsync(
            "databricks-gemini-3-1-pro",
            $$$"""{"messages":[{"role":"user","content":"Hi"}],"tools":[{"type":"function","function":{"name":"f","parameters":{{{schema}}}}}]}""");

        Assert.StartsWith("200 ", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Gemini_holds_a_response_format_to_the_same()
    {
        await using Wire wire = await Wire.OpenAsync();

        string answer = await wire.AskAsync(
            "databricks-gemini-3-1-pro",
            """
            {"messages":[{"role":"user","content":"Hi"}],
              "response_format":{"type":"json_schema","json_schema":{"name":"n","schema":{"$schema":"s","type":"object"}}}}
            """);

        Assert.Equal(
            (400, "Invalid JSON payload received. Unknown name \"$schema\" at 'generation_config.response_schema': Cannot find field."),
            Said(answer));
    }

    [Theory]
    [InlineData("databricks-claude-sonnet-4-5", "{\"message\":\"messages.1.tool_calls.0.extra_content: Extra inputs are not permitted\"}")]
    [InlineData("databricks-meta-llama-3-3-70b-instruct", "Bad request: json: unknown field \"extra_content\"\n")]
    [InlineData("databricks-kimi-k3", "Bad request: json: unknown field \"extra_content\"\n")]
    public async Task What_gemini_adds_to_a_call_is_unknown_to_others(string endpoint, string words)
    {
        await using Wire wire = await Wire.OpenAsync();

        string answer = await wire.AskAsync(
            endpoint,
            """
            {"messages":[{"role":"user","content":"Hi"},{"role":"assistant","content":null,"tool_calls":[{"id":"a","type":"function",
              "function":{"name":"f","arguments":"{}"},"extra_content":{"google":{"thought_signature":"x"}}}]},
              {"role":"tool","tool_call_id":"a","content":"ok"}]}
            """);

        Assert.Equal((400, words), Said(answer));
    }

    private static (int Status, string Message) Said(string answer) =>
        (int.Parse(answer[..3], CultureInfo.InvariantCulture), JsonNode.Parse(answer[4..])!["message"]!.GetValue<string>());
}
