using System.Text.Json;
using System.Text.Json.Nodes;
using Connectors.Databricks.Tests.Chat.Shaping;
using Connectors.Databricks.Tests.Models.Schemas.Checkers;
using Connectors.Databricks.Tests.TestServices;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Tests.Cases;

/// <summary>Schemas of public bug reports: what a host rejects, and what is sent instead. Each row has its id and its source.</summary>
public class SchemaCaseTests
{
    private const string Gemini = "databricks-gemini-3-5-flash";
    private const string Claude = "databricks-claude-sonnet-4-5";

    public static TheoryData<string, string, string, string, string> Tools => new()
    {
        {
            "G1", Gemini, // https://github.com/probelabs/probe/issues/569
            """{"type":"object","properties":{"issueKey":{"type":"string"}},"required":["cloudId","issueKey"]}""",
            """{"type":"object","properties":{"issueKey":{"type":"string"}},"required":["issueKey"],"description":"required: [\"cloudId\"]."}""",
            "required"
        },
        {
            "G2", Gemini, // https://github.com/1jehuang/jcode/issues/655
            """{"type":"object","properties":{"id":{"type":"string"},"label":{"type":"string"}},"anyOf":[{"required":["id"]},{"required":["label"]}]}""",
            """
            {"type":"object","properties":{"id":{"type":"string"},"label":{"type":"string"}},
             "description":"anyOf: [{\"required\":[\"id\"]},{\"required\":[\"label\"]}]."}
            """,
            "anyOf"
        },
        {
            "G2b", Gemini, // https://github.com/router-for-me/CLIProxyAPI/issues/3512
            """
            {"type":"object","properties":{"pageId":{"type":"string"},"ref":{"type":"string"},"selector":{"type":"string"}},"required":["pageId"],
             "oneOf":[{"required":["ref"]},{"required":["selector"]}],"$comment":"x"}
            """,
            """
            {"type":"object","properties":{"pageId":{"type":"string"},"ref":{"type":"string"},"selector":{"type":"string"}},"required":["pageId"],
             "description":"anyOf: [{\"required\":[\"ref\"]},{\"required\":[\"selector\"]}]."}
            """,
            "$comment, anyOf, oneOf"
        },
        {
            "G7", Gemini, // https://github.com/anomalyco/opencode/pull/43421
            """{"type":"object","properties":{"v":{"type":["string","array"],"items":{"type":"string"}}}}""",
            """{"type":"object","properties":{"v":{"anyOf":[{"type":"string"},{"type":"array","items":{"type":"string"}}]}}}""",
            "anyOf, type"
        },
        {
            "G8", Gemini, // https://github.com/anomalyco/opencode/pull/46676
            """{"type":"object","properties":{"sort":{"type":"string","enum":["","asc","desc"]}}}""",
            """{"type":"object","properties":{"sort":{"type":"string","enum":["asc","desc"],"description":"enum: \"\" is allowed too."}}}""",
            "enum"
        },
        {
            "G19", Gemini, // https://github.com/elastic/kibana/pull/286302
            """{"type":"object","properties":{"v":{"type":"string","format":"enum","enum":[]}}}""",
            """{"type":"object","properties":{"v":{"type":"string","description":"enum: []."}}}""",
            "enum, format"
        },
        {
            "G4", Gemini, // https://github.com/taylorwilsdon/google_workspace_mcp/issues/1099
            """
            {"type":"object","properties":{"tab":{"anyOf":[{"type":"string"},{"type":"null"}]},
             "op":{"oneOf":[{"type":"object","properties":{"type":{"const":"a"}}}]}}}
            """,
            """
            {"type":"object","properties":{"tab":{"nullable":true,"type":"string"},
             "op":{"type":"object","properties":{"type":{"type":"string","enum":["a"]}}}}}
            """,
            "anyOf, const, oneOf"
        },
        {
            "G5", Gemini, // https://github.com/thClaws/thClaws/issues/172
            """{"type":"object","properties":{"level":{"type":"integer","enum":[0,1,2]},"meta":{"type":"object","propertyNames":{"pattern":"^[a-z]+$"}}}}""",
            """
            {"type":"object","properties":{"level":{"type":"integer","description":"enum: [0,1,2]."},
             "meta":{"type":"object","description":"propertyNames: {\"pattern\":\"^[a-z]+$\"}."}}}
            """,
            "enum, propertyNames"
        },
        {
            "G6", Gemini, // https://github.com/Wei-Shaw/sub2api/pull/6116
            """{"type":"object","properties":{"m":{"anyOf":[{"type":"string","enum":["a",1]},{"type":"integer"}],"deprecated":true}}}""",
            """
            {"type":"object","properties":{"m":{"anyOf":[{"type":"string","description":"deprecated: true. enum: [\"a\",1]."},{"type":"integer"}]}}}
            """,
            "deprecated, description, enum"
        },
        {
            "G12", Gemini, // https://github.com/databricks/unity-gateway/issues/491
            """{"type":"object","properties":{"n":{"type":"number","exclusiveMinimum":0}}}""",
            """{"type":"object","properties":{"n":{"type":"number","description":"exclusiveMinimum: 0."}}}""",
            "exclusiveMinimum"
        },
        {
            "C1", Claude, // https://github.com/diegosouzapw/OmniRoute/issues/13552, https://github.com/anthropics/claude-code/issues/44788
            """{"type":"object","properties":{"entry":{"type":"string"},"content":{"type":"string"}},"anyOf":[{"required":["entry"]},{"required":["content"]}]}""",
            """
            {"type":"object","properties":{"entry":{"type":"string"},"content":{"type":"string"}},
             "description":"anyOf: [{\"required\":[\"entry\"]},{\"required\":[\"content\"]}]."}
            """,
            "anyOf"
        },
        {
            "C1c", Claude, // as C1
            """{"type":"object","allOf":[{"properties":{"a":{"type":"string"}},"required":["a"]}]}""",
            """{"type":"object","properties":{"a":{"type":"string"}},"required":["a"]}""",
            "allOf"
        },
        {
            "C2", Claude, // https://github.com/microsoft/vscode/issues/286415
            """{"type":"object","properties":{"c":{"$ref":"#/$defs/C"}},"$defs":{"C":{"type":"string","enum":["food"]}}}""",
            """{"type":"object","properties":{"c":{"$ref":"#/$defs/C"}},"$defs":{"C":{"type":"string","enum":["food"]}}}""",
            ""
        },
        {
            "C4", Claude, // https://github.com/ComposioHQ/composio/issues/3500
            """{"type":"object","properties":{"$top":{"type":"integer"},"filter[id]":{"type":"string"}}}""",
            """{"type":"object","properties":{"_top":{"type":"integer"},"filter_id_":{"type":"string"}}}""",
            "properties"
        },
    };

    [Theory]
    [MemberData(nameof(Tools))]
    public async Task A_schema_that_the_host_rejects_is_converted(string id, string endpoint, string schema, string sent, string changes)
    {
        var service = new VerbatimService().Answers(Some.ChatBody);
        var tool = AIFunctionFactory.CreateDeclaration("f", "d", JsonElement.Parse(schema));

        var response = await service.Client().GetChatClient(endpoint).GetResponseAsync("Hello?", new ChatOptions { Tools = [tool] });

        var parameters = JsonNode.Parse(service.Sent[0].Body)!["tools"]![0]!["function"]!["parameters"]!;
        JsonText.AssertEqual(sent, parameters.ToJsonString());
        Assert.Empty(Problems(endpoint, parameters));
        Assert.Equal(id is "C2", Problems(endpoint, JsonNode.Parse(schema)!).Count == 0);
        Assert.Equal(changes.Length == 0 ? [] : [$"tools.parameters rewritten: {changes}"], Told(response));
    }

    [Fact]
    public async Task G13_a_response_format_is_converted_as_tools_are()
    {
        const string Schema = """{"type":"object","properties":{"a":{"type":"string"}},"required":["a","zz"]}""";
        var service = new VerbatimService().Answers(Some.ChatBody);
        var options = new ChatOptions { ResponseFormat = ChatResponseFormat.ForJsonSchema(JsonElement.Parse(Schema), "answer") };

        await service.Client().GetChatClient(Gemini).GetResponseAsync("Hello?", options);

        var sent = JsonNode.Parse(service.Sent[0].Body)!["response_format"]!["json_schema"]!["schema"]!;
        JsonText.AssertEqual(
            """{"type":"object","properties":{"a":{"type":"string"}},"required":["a"],"description":"required: [\"zz\"]."}""",
            sent.ToJsonString());
        Assert.Empty(GoogleSchemaChecker.Format(sent));
        Assert.NotEmpty(GoogleSchemaChecker.Format(JsonNode.Parse(Schema)!));
    }

    private static List<string> Problems(string endpoint, JsonNode schema) =>
        endpoint == Gemini ? GoogleSchemaChecker.Parameters(schema) : StandardSchemaChecker.Anthropic(schema);

    private static IEnumerable<string> Told(ChatResponse response) => response.GetRequestAdjustments()
        .Select(Shaped.Told).Where(change => !change.EndsWith("names of parameters replaced", StringComparison.Ordinal));
}
