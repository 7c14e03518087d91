using System.Text.Json.Nodes;
using Connectors.Databricks.Emulator;

namespace Connectors.Databricks.Tests.Emulator.Responses;

/// <summary>Responses of models, on the wire.</summary>
public class ResponsesHandlerTests
{
    private const string Tools =
        """
        "tools":[{"type":"function","name":"get_weather","description":"weather of a city",
          "parameters":{"type":"object","properties":{"city":{"type":"string"}},"required":["city"]},"strict":true}]
        """;

    [Fact]
    public async Task A_model_of_the_gateway_answers_with_items()
    {
        await using Wire wire = await Wire.OpenAsync();

        JsonNode response = await wire.ReadResponsesAsync(
            ResponsesWire.Gateway,
            """
            {"model":"system.ai.claude-sonnet-4-5","instructions":"Be brief.","input":"Say 'ok'","reasoning":{"effort":"low"},"user":"u1"}
            """);

        Wire.SameJson(
            """
            {
              "id": "resp_fd9ed5f01dd04b85ab19b05dde4ca6fb",
              "object": "response",
              "created_at": 1790000000,
              "status": "completed",
              "model": "us.anthropic.claude-sonnet-4-5-20250929-v1:0",
              "output": [
                {
                  "type": "reasoning",
                  "id": "ID",
                  "summary": [{"type": "summary_text", "text": "No tool is needed for this, so I can reply directly."}],
                  "encrypted_content": "DATA"
                },
                {
                  "type": "message",
                  "id": "ID",
                  "role": "assistant",
                  "status": "completed",
                  "content": [{"type": "output_text", "text": "ok", "annotations": []}]
                }
              ],
              "instructions": "Be brief.",
              "user": "u1",
              "reasoning": {"effort": "low"},
              "usage": {"input_tokens": 7, "output_tokens": 14, "total_tokens": 21},
              "error": null,
              "incomplete_details": null
            }
            """.Replace("resp_fd9ed5f01dd04b85ab19b05dde4ca6fb", response["id"]!.GetValue<string>(), StringComparison.Ordinal),
            Masked(response));
    }

    [Theory]
    [InlineData("system.ai.meta-llama-3-3-70b-instruct", "function_call")]
    [InlineData("system.ai.claude-sonnet-4-5", "function_call")]
    [InlineData("system.ai.opus-4-8", "function_call")]
    [InlineData("system.ai.gpt-5-2", "function_call")]
    [InlineData("system.ai.gpt-5-5-pro", "function_call")]
    [InlineData("system.ai.gpt-6-astra", "function_call")]
    [InlineData("system.ai.gpt-oss-120b", "reasoning function_call")]
    [InlineData("system.ai.gemini-pro", "function_call")]
    [InlineData("system.ai.kimi-k3", "function_call")]
    [InlineData("system.ai.inkling", "reasoning function_call")]
    [InlineData("system.ai.qwen35-122b-a10b", "message function_call")]
    public async Task Every_family_calls_tools_and_goes_on_with_their_results(string model, string types)
    {
        await using Wire wire = await Wire.OpenAsync();
        const string Ask = """{"role":"user","content":"What is the weather in Oslo?"}""";

        JsonNode first = await wire.ReadResponsesAsync(
            ResponsesWire.Gateway, $$"""{"model":"{{model}}","input":[{{Ask}}],{{Tools}} }""");
        JsonArray output = first["output"]!.AsArray();
        Assert.Equal(types, string.Join(' ', output.Select(item => item!["type"]!.GetValue<string>())));
        JsonNode call = output[^1]!;
        Assert.Equal("""{"city":"Oslo"}""", call["arguments"]!.GetValue<string>());

        JsonNode second = await wire.ReadResponsesAsync(
            ResponsesWire.Gateway,
            $$"""
            {"model":"{{model}}",{{Tools}},"input":[{{Ask}},{{string.Join(',', output.Select(item => item!.ToJsonString()))}},
              {"type":"function_call_output","call_id":{{call["call_id"]!.ToJsonString()}},"output":"rain, 4 degrees"}]}
            """);
        Assert.Contains(
            "rain, 4 degrees", second["output"]!.AsArray()[^1]!["content"]![0]!["text"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("system.ai.gpt-5-2", true)]
    [InlineData("system.ai.kimi-k3", true)]
    [InlineData("system.ai.claude-sonnet-4-5", false)]
    [InlineData("system.ai.gpt-oss-120b", false)]
    public async Task Token_details_are_missing_from_some_families(string model, bool hasDetails)
    {
        await using Wire wire = await Wire.OpenAsync();

        JsonNode usage = (await wire.ReadResponsesAsync(ResponsesWire.Gateway, $$"""{"model":"{{model}}","input":"Hi"}"""))["usage"]!;

        Assert.Equal((hasDetails, hasDetails), (usage["input_tokens_details"] is not null, usage["output_tokens_details"] is not null));
    }

    [Theory]
    [InlineData("length", "max_output_tokens")]
    [InlineData("content_filter", "content_filter")]
    public async Task A_truncated_response_is_incomplete(string finishReason, string reason)
    {
        await using Wire wire = await Wire.OpenAsync();
        wire.Emulator.Endpoint("system.ai.kimi-k3").Replies("Half", finishReason: finishReason);

        JsonNode response = await wire.ReadResponsesAsync(ResponsesWire.Gateway, """{"model":"system.ai.kimi-k3","input":"Hi"}""");

        Assert.Equal(
            ("incomplete", $$"""{"reason":"{{reason}}"}"""),
            (response["status"]!.GetValue<string>(), response["incomplete_details"]!.ToJsonString()));
    }

    [Fact]
    public async Task A_schema_is_filled()
    {
        await using Wire wire = await Wire.OpenAsync();

        JsonNode response = await wire.ReadResponsesAsync(
            ResponsesWire.Gateway,
            """
            {"model":"system.ai.gpt-5-2","input":"My name is Ada.","text":{"format":{"type":"json_schema","name":"r","strict":true,
              "schema":{"type":"object","properties":{"name":{"type":"string"}},"required":["name"],"additionalProperties":false}}}}
            """);

        Assert.Equal("""{"name":"Ada"}""", response["output"]![0]!["content"]![0]!["text"]!.GetValue<string>());
    }

    [Theory]
    [InlineData("databricks-gpt-5-2", "200")]
    [InlineData("databricks-kimi-k3", "400")]
    [InlineData("databricks-gte-large-en", "400")]
    [InlineData("unknown", "404")]
    public async Task On_serving_endpoints_only_openai_models_answer(string endpoint, string status)
    {
        await using Wire wire = await Wire.OpenAsync();

        string answer = await wire.AskResponsesAsync(ResponsesWire.Serving, $$"""{"model":"{{endpoint}}","input":"Hi"}""");

        Assert.Equal(status, answer[..3]);
        Assert.Equal(status == "400", answer.Contains("Responses API passthrough is not supported for model", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Open_responses_translates_for_every_family()
    {
        await using Wire wire = await Wire.OpenAsync();

        Assert.StartsWith(
            "200 ",
            await wire.AskResponsesAsync("serving-endpoints/open-responses", """{"model":"databricks-kimi-k3","input":"Hi"}"""),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_enforcing_workspace_refers_to_the_gateway()
    {
        await using Wire wire = await Wire.OpenAsync(options => options.Workspace = EmulatedWorkspace.GatewayEnforced);

        Assert.StartsWith(
            "403 ",
            await wire.AskResponsesAsync(ResponsesWire.Serving, """{"model":"databricks-gpt-5-2","input":"Hi"}"""),
            StringComparison.Ordinal);
        Assert.StartsWith(
            "501 ",
            await wire.AskResponsesAsync(ResponsesWire.Gateway, """{"model":"databricks-gpt-5-2","input":"Hi"}"""),
            StringComparison.Ordinal);
        Assert.StartsWith(
            "200 ",
            await wire.AskResponsesAsync(ResponsesWire.Serving, """{"model":"task-agent","input":"Hi"}"""),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("system.ai.gpt-5-5-pro", "")]
    [InlineData("system.ai.gpt-6-astra", "\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"f\",\"parameters\":{}}}],")]
    public async Task Some_models_need_the_responses_api(string model, string members)
    {
        await using Wire wire = await Wire.OpenAsync();

        string answer = await wire.AskResponsesAsync(
            "ai-gateway/mlflow/v1/chat/completions", $$"""{"model":"{{model}}",{{members}}"messages":[{"role":"user","content":"Hi"}]}""");

        Assert.StartsWith("400 ", answer, StringComparison.Ordinal);
        Assert.Contains("Use the Responses API.", answer, StringComparison.Ordinal);
    }

    private static string Masked(JsonNode response)
    {
        foreach (JsonNode? item in response["output"]!.AsArray())
        {
            item!["id"] = "ID";
            if (item["encrypted_content"] is not null)
            {
                item["encrypted_content"] = "DATA";
            }
        }

        return response.ToJsonString();
    }
}
