using System.Text.Json.Nodes;

namespace Connectors.Databricks.AspNetCore.Tests.OpenAI;

/// <summary>What the workspace is sent for a request of an OpenAI client.</summary>
public class RequestMappingTests
{
    private const string Gpt = "databricks-gpt-5-2";

    private static async Task<JsonObject> SentAsync(string body, string route = "chat/completions",
        Action<DatabricksOpenAIOptions>? configure = null)
    {
        await using var app = await OpenAIApp.StartAsync(configure);
        app.Emulator.Endpoint(Gpt).AcceptsAnything();
        var (status, json) = await app.PostAsync(route, body);
        Assert.True(status == 200, json.ToJsonString());
        return app.Emulator.Requests[^1].Json!.AsObject();
    }

    private static void AssertJson(string expected, JsonNode? actual) =>
        Assert.Equal(JsonNode.Parse(expected)?.ToJsonString(), actual?.ToJsonString());

    [Fact]
    public async Task Options_are_those_of_the_connector()
    {
        var sent = await SentAsync(
            """
            {"model":"databricks-gpt-5-2","messages":[{"role":"user","content":"hi"}],"max_completion_tokens":7,"max_tokens":9,
             "stop":"END","reasoning_effort":"low","user":"u","store":true,"metadata":{"a":"b"},"n":1,"seed":4,
             "response_format":{"type":"json_schema","json_schema":{"name":"city","schema":{"type":"object","properties":{}},"strict":true}}}
            """);

        AssertJson("7", sent["max_tokens"] ?? sent["max_completion_tokens"]);
        AssertJson("\"low\"", sent["reasoning_effort"]);
        AssertJson("""["END"]""", sent["stop"] ?? JsonNode.Parse("""["END"]"""));
        AssertJson("true", sent["response_format"]!["json_schema"]!["strict"]);
        Assert.DoesNotContain(sent, member => member.Key is "user" or "store" or "metadata" or "n");
    }

    [Fact]
    public async Task A_conversation_with_tools_is_sent_as_it_is()
    {
        var sent = await SentAsync(
            """
            {"model":"databricks-gpt-5-2","messages":[
              {"role":"developer","content":[{"type":"text","text":"Be brief."}]},
              {"role":"user","content":"Weather?"},
              {"role":"assistant","content":null,"tool_calls":[{"id":"c1","type":"function","function":{"name":"get_weather","arguments":"{\"city\":\"Oslo\"}"}}]},
              {"role":"tool","tool_call_id":"c1","content":"rain"}],
             "tools":[{"type":"function","function":{"name":"get_weather","description":"d","parameters":{"type":"object","properties":{"city":{"type":"string"}}}}}],
             "tool_choice":{"type":"function","function":{"name":"get_weather"}},"parallel_tool_calls":false}
            """);

        AssertJson(
            """
            [{"role":"system","content":"Be brief."},{"role":"user","content":"Weather?"},
             {"role":"assistant","content":null,"tool_calls":[{"id":"c1","type":"function","function":{"name":"get_weather","arguments":"{\u0022city\u0022:\u0022Oslo\u0022}"}}]},
             {"role":"tool","tool_call_id":"c1","content":"rain"}]
            """, sent["messages"]);
        AssertJson("""{"type":"function","function":{"name":"get_weather"}}""", sent["tool_choice"]);
        AssertJson("false", sent["parallel_tool_calls"]);
    }

    [Fact]
    public async Task Images_are_sent_by_address_and_inline()
    {
        var sent = await SentAsync(
            """
            {"model":"databricks-gpt-5-2","messages":[{"role":"user","content":[{"type":"text","text":"What?"},
              {"type":"image_url","image_url":{"url":"https://example.org/a.png","detail":"low"}},
              {"type":"image_url","image_url":{"url":"data:image/png;base64,iVBORw0KGgo="}}]}]}
            """);

        AssertJson(
            """
            [{"type":"text","text":"What?"},{"type":"image_url","image_url":{"url":"https://example.org/a.png","detail":"low"}},
             {"type":"image_url","image_url":{"url":"data:image/png;base64,iVBORw0KGgo="}}]
            """, sent["messages"]![0]!["content"]);
    }

    [Fact]
    public async Task An_allowed_member_is_passed_on() => AssertJson("\"x\"", (await SentAsync(
        """{"model":"databricks-gpt-5-2","messages":[{"role":"user","content":"hi"}],"client_request_id":"x"}""",
        configure: options =>
        {
            options.AllowAnyEndpoint = true;
            options.AllowedAdditionalProperties.Add("client_request_id");
        }))["client_request_id"]);

    [Fact]
    public async Task Input_items_are_the_same_conversation()
    {
        var sent = await SentAsync(
            """
            {"model":"databricks-gpt-5-2","instructions":"Be brief.","max_output_tokens":7,"input":[
              {"role":"user","content":[{"type":"input_text","text":"Weather?"},{"type":"input_image","image_url":"https://example.org/a.png"}]},
              {"type":"reasoning","id":"rs_1","summary":[{"type":"summary_text","text":"I think."}]},
              {"type":"message","role":"assistant","content":[{"type":"output_text","text":"Let me see.","annotations":[]}]},
              {"type":"function_call","id":"fc_1","call_id":"c1","name":"get_weather","arguments":"{\"city\":\"Oslo\"}"},
              {"type":"function_call_output","call_id":"c1","output":"rain"}]}
            """, "responses");

        AssertJson(
            """
            [{"role":"system","content":"Be brief."},
             {"role":"user","content":[{"type":"text","text":"Weather?"},{"type":"image_url","image_url":{"url":"https://example.org/a.png"}}]},
             {"role":"assistant","content":"Let me see.","tool_calls":[{"id":"c1","type":"function","function":{"name":"get_weather","arguments":"{\u0022city\u0022:\u0022Oslo\u0022}"}}]},
             {"role":"tool","tool_call_id":"c1","content":"rain"}]
            """, sent["messages"]);
    }

    [Theory]
    [InlineData("databricks-claude-sonnet-4-5")]
    [InlineData("databricks-gemini-3-1-pro")]
    public async Task What_a_model_requires_back_comes_back_with_the_message(string model)
    {
        await using var app = await OpenAIApp.StartAsync();
        const string tools =
            """[{"type":"function","function":{"name":"get_weather","parameters":{"type":"object","properties":{"city":{"type":"string"}}}}}]""";
        const string thinking = ",\"reasoning_effort\":\"low\"";
        app.Emulator.Endpoint(model).CallsTool("get_weather", """{"city":"Oslo"}""");
        var (_, first) = await app.PostAsync(
            "chat/completions", $$$$"""{"model":"{{{{model}}}}","messages":[{"role":"user","content":"Weather in Oslo?"}],"tools":{{{{tools}}}}{{{{thinking}}}}}""");
        var message = first["choices"]![0]!["message"]!.ToJsonString();
        var id = (string?)first["choices"]![0]!["message"]!["tool_calls"]![0]!["id"];

        var (status, second) = await app.PostAsync(
            "chat/completions",
            $$$$"""
            {"model":"{{{{model}}}}","messages":[{"role":"user","content":"Weather in Oslo?"},{{{{message}}}},
             {"role":"tool","tool_call_id":"{{{{id}}}}","content":"rain"}],"tools":{{{{tools}}}}{{{{thinking}}}}}
            """);

        Assert.True(status == 200, second.ToJsonString());
        if (model.Contains("gemini", StringComparison.Ordinal))
        {
            Assert.DoesNotContain("skip_thought", app.Emulator.Requests[^1].Json!.ToJsonString(), StringComparison.Ordinal);
            Assert.Contains("thought_signature", app.Emulator.Requests[^1].Json!.ToJsonString(), StringComparison.Ordinal);
        }
    }
}
