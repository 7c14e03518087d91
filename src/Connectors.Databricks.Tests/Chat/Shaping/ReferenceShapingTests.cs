using System.Text.Json;
using Connectors.Databricks.Tests.TestServices;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Tests.Chat.Shaping;

/// <summary>Schemas whose definitions got lost on the way, as every model gets them.</summary>
public class ReferenceShapingTests
{
    private const string Lost = """{"type":"object","properties":{"a":{"$ref":"#/$defs/A","description":"An a."}}}""";

    [Theory]
    [InlineData("databricks-claude-sonnet-4-5")]
    [InlineData("databricks-gpt-5-2")]
    [InlineData("databricks-meta-llama-3-3-70b-instruct")]
    [InlineData("an-alias-of-mine")]
    public async Task A_dangling_reference_of_a_tool_or_a_format_is_removed_for_every_model_and_told(string endpoint)
    {
        var (sent, response) = await SendAsync(endpoint, Lost);

        foreach (var schema in Schemas(sent))
        {
            JsonText.AssertEqual("""{"type":"object","properties":{"a":{"description":"An a."}}}""", schema);
        }

        Assert.Equal(
            ["tools.parameters a dangling $ref removed", "response_format.schema a dangling $ref removed"],
            response.GetRequestAdjustments().Select(Shaped.Told));
        Assert.Equal("the schema of 'f' has no '#/$defs/A'", response.GetRequestAdjustments()[0].Reason);
    }

    [Fact]
    public async Task For_gemini_it_is_described()
    {
        var (sent, response) = await SendAsync("databricks-gemini-2-5-pro", Lost);

        foreach (var schema in Schemas(sent))
        {
            JsonText.AssertEqual(
                """{"type":"object","properties":{"a":{"description":"An a. $ref: \"#/$defs/A\".","type":"object"}}}""", schema);
        }

        Assert.Contains("tools.parameters a dangling $ref removed", response.GetRequestAdjustments().Select(Shaped.Told));
    }

    [Theory]
    [InlineData(
        "databricks-claude-sonnet-4-5",
        """{"type":"object","properties":{"a":{"$ref":"#/properties/a/$defs/A","$defs":{"A":{"type":"string"}}}}}""")]
    [InlineData("databricks-gemini-2-5-pro", """{"type":"object","properties":{"a":{"type":"string"}}}""")]
    public async Task A_definition_inside_a_parameter_is_found(string endpoint, string expected)
    {
        var (sent, response) = await SendAsync(
            endpoint, """{"type":"object","properties":{"a":{"$ref":"#/$defs/A","$defs":{"A":{"type":"string"}}}}}""");

        Assert.All(Schemas(sent), schema => JsonText.AssertEqual(expected, schema));
        Assert.Contains(
            "tools.parameters a $ref corrected to point to its definition", response.GetRequestAdjustments().Select(Shaped.Told));
    }

    [Theory]
    [InlineData("databricks-claude-sonnet-4-5")]
    [InlineData("databricks-gpt-5-2")]
    public async Task A_schema_whose_references_lead_somewhere_goes_as_it_is(string endpoint)
    {
        const string Whole =
            """{"type":"object","properties":{"a":{"$ref":"#/$defs/A"}},"$defs":{"A":{"type":"object","properties":{"next":{"$ref":"#/$defs/A"}}}}}""";

        var (sent, response) = await SendAsync(endpoint, Whole);

        Assert.All(Schemas(sent), schema => Assert.Equal(Whole, schema));
        Assert.Empty(response.GetRequestAdjustments());
    }

    [Theory]
    [InlineData("databricks-meta-llama-3-3-70b-instruct")]
    [InlineData("databricks-gpt-oss-120b")]
    public async Task Models_that_databricks_hosts_get_recursive_references_resolved_to_a_bounded_depth(string endpoint)
    {
        var (sent, response) = await SendAsync(
            endpoint, """{"type":"object","properties":{"tree":{"type":"object","properties":{"next":{"$ref":"#/properties/tree"}}}}}""");

        Assert.All(Schemas(sent), schema => JsonText.AssertEqual(
            """
            {"type":"object","properties":{"tree":{"type":"object","properties":{"next":{"type":"object","properties":{"next":
             {"type":"object","properties":{"next":{"type":"object","description":"$ref: \"#/properties/tree\"."}}}}}}}}}
            """,
            schema));
        Assert.Equal(
            ["tools.parameters rewritten: $ref", "response_format.schema rewritten: $ref"],
            response.GetRequestAdjustments().Select(Shaped.Told));
    }

    [Fact]
    public async Task An_unshaped_request_goes_as_it_is()
    {
        var (sent, _) = await SendAsync("databricks-claude-sonnet-4-5", Lost, isShaped: false);

        Assert.All(Schemas(sent), schema => Assert.Equal(Lost, schema));
    }

    [Fact]
    public async Task Names_of_references_are_told_on_one_bounded_line()
    {
        var (_, response) = await SendAsync(
            "databricks-gpt-5-2", $$$"""{"type":"object","properties":{"a":{"$ref":"#/\n{{{new string('x', 10_000)}}}"} } }""");

        Assert.InRange(response.GetRequestAdjustments()[0].Reason.Length, 20, 200);
        Assert.DoesNotContain('\n', response.GetRequestAdjustments()[0].Reason);
    }

    private static async Task<(string Sent, ChatResponse Response)> SendAsync(string endpoint, string schema, bool isShaped = true)
    {
        var service = new VerbatimService().Answers(Some.ChatBody);
        var element = JsonElement.Parse(schema);
        var options = new ChatOptions
        {
            Tools = [AIFunctionFactory.CreateDeclaration("f", "d", element)],
            ResponseFormat = ChatResponseFormat.ForJsonSchema(element, "answer"),
        };
        var response = await service.Client(settings => settings.Chat.ShapeRequests = isShaped).GetChatClient(endpoint)
            .GetResponseAsync("Hello?", options);
        return (Assert.Single(service.Sent).Body, response);
    }

    private static string[] Schemas(string body)
    {
        using var document = JsonDocument.Parse(body);
        return
        [
            document.RootElement.GetProperty("tools")[0].GetProperty("function").GetProperty("parameters").GetRawText(),
            document.RootElement.GetProperty("response_format").GetProperty("json_schema").GetProperty("schema").GetRawText(),
        ];
    }
}
