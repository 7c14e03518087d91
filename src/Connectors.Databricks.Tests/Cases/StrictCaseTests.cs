using System.Text.Json;
using System.Text.Json.Nodes;
using Connectors.Databricks.Tests.Chat.Shaping;
using Connectors.Databricks.Tests.TestServices;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Tests.Cases;

/// <summary>
/// Strict schemas: OpenAI's rules (https://github.com/bytedance/trae-agent/issues/173, https://github.com/vercel/ai/issues/6484).
/// </summary>
public class StrictCaseTests
{
    private const string Gpt = "databricks-gpt-5-2";

    [Theory]
    [InlineData(
        """{"type":"object","properties":{"map":{"type":"object","additionalProperties":{"type":"integer"}}}}""",
        "an object with additional properties at #/properties/map")] // S2
    [InlineData("""{"type":"object","properties":{"any":{}}}""", "no type at #/properties/any")]
    [InlineData("""{"type":"object","properties":{"any":true}}""", "no type at #/properties/any")]
    [InlineData("""{"type":"object","properties":{"o":{"type":"object"}}}""", "an object with additional properties at #/properties/o")]
    [InlineData("""{"type":"object","properties":{"a":{"oneOf":[{"type":"string"}]}}}""", "oneOf at #/properties/a")]
    [InlineData("""{"type":"object","properties":{"a":{"type":"array","items":{}}}}""", "no type at #/properties/a/items")]
    public async Task S2_strict_is_dropped_for_a_schema_that_cannot_be_strict(string schema, string obstacle)
    {
        var (function, response) = await SendAsync(Tool(schema));

        Assert.Null(function["strict"]);
        JsonText.AssertEqual(schema, function["parameters"]!.ToJsonString());
        var told = Assert.Single(response.GetRequestAdjustments());
        Assert.Equal("tools.strict left out!", Shaped.Told(told));
        Assert.Equal($"the schema of 'f' cannot be strict: '{obstacle}'", told.Reason);
    }

    [Theory]
    [InlineData("""{"type":"object","properties":{"a":{"type":"array","items":"string"}}}""")]
    [InlineData("""{"type":"object","properties":{"a":null}}""")]
    [InlineData("""{"type":"object","properties":{"a":{"not":[]}}}""")]
    public async Task A_part_that_is_no_schema_does_not_fail_the_call(string schema)
    {
        var (function, response) = await SendAsync(Tool(schema));

        Assert.Null(function["strict"]);
        var told = Assert.Single(response.GetRequestAdjustments(), adjustment => adjustment.Field == "tools.strict");
        Assert.Equal("the schema of 'f' cannot be strict: 'a part of it is no schema'", told.Reason);
    }

    [Fact]
    public async Task A_format_with_a_part_that_is_no_schema_does_not_fail_the_call()
    {
        var service = new VerbatimService().Answers(Some.ChatBody);
        var options = Strict();
        options.ResponseFormat = ChatResponseFormat.ForJsonSchema(
            JsonElement.Parse("""{"type":"object","properties":{"a":{"type":"array","items":"string"}}}"""), "answer");

        await service.Client().GetChatClient(Gpt).GetResponseAsync("Hello?", options);

        Assert.Null(JsonNode.Parse(service.Sent[0].Body)!["response_format"]!["json_schema"]!["strict"]);
    }

    [Theory]
    [InlineData("""{"type":"object","properties":{"a":{"type":"string"}},"additionalProperties":true}""")]
    [InlineData("""{"type":"object","properties":{"a":{"enum":["x"]},"b":{"const":1}}}""")]
    [InlineData("""{"type":"object","properties":{"a":{"type":"string","minLength":2,"format":"uri"},"b":{"type":"array","items":{"type":"string"},"uniqueItems":true}}}""")]
    [InlineData("""{"type":"object","properties":{"a":{"anyOf":[{"type":"string"},{"type":"null"}]}}}""")]
    [InlineData("""{"type":"object","properties":{"a":{"$ref":"#/$defs/A"}},"$defs":{"A":{"type":"object","properties":{"next":{"$ref":"#/$defs/A"}}}}}""")]
    [InlineData("""{"type":"object"}""")]
    [InlineData("{}")]
    public async Task A_schema_that_can_be_strict_is_sent_as_one(string schema)
    {
        var (function, response) = await SendAsync(Tool(schema));

        Assert.DoesNotContain(response.GetRequestAdjustments(), adjustment => adjustment.Field == "tools.strict");
        Assert.True((bool?)function["strict"]);
        Assert.False((bool?)function["parameters"]!["additionalProperties"]);
    }

    [Fact]
    public async Task Only_the_tool_that_cannot_be_strict_loses_it()
    {
        var service = new VerbatimService().Answers(Some.ChatBody);
        var options = Strict();
        options.Tools =
        [
            Tool("""{"type":"object","properties":{"a":{"type":"string"}}}"""),
            Tool("""{"type":"object","properties":{"a":{}}}""", "g"),
        ];

        await service.Client().GetChatClient(Gpt).GetResponseAsync("Hello?", options);

        var sent = JsonNode.Parse(service.Sent[0].Body)!["tools"]!.AsArray();
        Assert.Equal([true, null], sent.Select(tool => (bool?)tool!["function"]!["strict"]));
    }

    [Fact]
    public async Task A_response_format_that_cannot_be_strict_is_sent_without()
    {
        var service = new VerbatimService().Answers(Some.ChatBody);
        var options = Strict();
        options.ResponseFormat = ChatResponseFormat.ForJsonSchema(
            JsonElement.Parse("""{"type":"object","additionalProperties":{"type":"integer"}}"""), "answer");

        var response = await service.Client().GetChatClient(Gpt).GetResponseAsync("Hello?", options);

        Assert.Null(JsonNode.Parse(service.Sent[0].Body)!["response_format"]!["json_schema"]!["strict"]);
        Assert.Equal(["response_format.strict left out!"], response.GetRequestAdjustments().Select(Shaped.Told));
    }

    private static async Task<(JsonNode Function, ChatResponse Response)> SendAsync(AITool tool)
    {
        var service = new VerbatimService().Answers(Some.ChatBody);
        var options = Strict();
        options.Tools = [tool];
        var response = await service.Client().GetChatClient(Gpt).GetResponseAsync("Hello?", options);
        return (JsonNode.Parse(service.Sent[0].Body)!["tools"]![0]!["function"]!, response);
    }

    private static ChatOptions Strict() => new() { AdditionalProperties = new() { [DatabricksPropertyNames.Strict] = true } };

    private static AIFunctionDeclaration Tool(string schema, string name = "f") =>
        AIFunctionFactory.CreateDeclaration(name, "d", JsonElement.Parse(schema));
}
