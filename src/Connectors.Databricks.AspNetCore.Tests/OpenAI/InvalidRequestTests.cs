using System.Net;
using System.Text;
using System.Text.Json.Nodes;

namespace Connectors.Databricks.AspNetCore.Tests.OpenAI;

/// <summary>Bad and hostile requests: each is answered with an error object, and none reaches the workspace.</summary>
public class InvalidRequestTests
{
    private const string Model = "databricks-claude-sonnet-4-5";

    public static TheoryData<string, string, int, string, string?> Requests => new()
    {
        { "chat/completions", "", 400, "invalid_json", null },
        { "chat/completions", "[]", 400, "invalid_json", null },
        { "chat/completions", "{\"model\":", 400, "invalid_json", null },
        { "chat/completions", """{"model":"a","model":"b"}""", 400, "invalid_json", null },
        { "chat/completions", $"{{\"model\":\"{Model}\",\"messages\":{new string('[', 100)}{new string(']', 100)}}}", 400, "invalid_json",
            null },
        { "chat/completions", "{}", 400, "missing_required_parameter", "model" },
        { "chat/completions", """{"model":7}""", 400, "invalid_type", "model" },
        { "chat/completions", """{"model":"no-such-endpoint"}""", 404, "model_not_found", "model" },
        { "chat/completions", """{"model":"../../api/2.0/token/list"}""", 404, "model_not_found", "model" },
        { "chat/completions", """{"model":"a\ud800"}""", 400, "invalid_type", "model" },
        { "chat/completions", User(""","\ud800":1"""), 400, "invalid_json", null },
        { "chat/completions", Chat(""","messages":[{"role":"user","content":"hi","\udfff":1}]"""), 400, "invalid_json", null },
        { "chat/completions", User(""","tools":[{"type":"function","function":{"name":"f","parameters":{"\ud800":{}}}}]"""), 400,
            "invalid_json", null },
        { "chat/completions", Chat(""), 400, "missing_required_parameter", "messages" },
        { "chat/completions", Chat(""","messages":[]"""), 400, "empty_array", "messages" },
        { "chat/completions", Chat(""","messages":"hi" """), 400, "invalid_type", "messages" },
        { "chat/completions", Chat(""","messages":[7]"""), 400, "invalid_type", "messages[0]" },
        { "chat/completions", Chat(""","messages":[{"role":"owner","content":"hi"}]"""), 400, "unsupported_parameter", "messages[0].role" },
        { "chat/completions", Chat(""","messages":[{"role":"user"}]"""), 400, "missing_required_parameter", "messages[0].content" },
        { "chat/completions", Chat(""","messages":[{"role":"user","content":"\udc00"}]"""), 400, "invalid_type", "messages[0].content" },
        { "chat/completions", Chat(""","messages":[{"role":"assistant"}]"""), 400, "invalid_value", "messages[0]" },
        { "chat/completions", Chat(""","messages":[{"role":"user","content":[{"type":"video"}]}]"""), 400, "unsupported_parameter",
            "messages[0].content[0].type" },
        { "chat/completions", Image("file:///etc/passwd"), 400, "invalid_type", "messages[0].content[0].image_url.url" },
        { "chat/completions", Image("data:image/png;base64,!"), 400, "invalid_type", "messages[0].content[0].image_url.url" },
        { "chat/completions", Chat(""","messages":[{"role":"user","content":[{"type":"file","file":{"file_id":"f"}}]}]"""), 400,
            "unsupported_parameter", "messages[0].content[0].file.file_id" },
        { "chat/completions", User(""","n":2"""), 400, "unsupported_parameter", "n" },
        { "chat/completions", User(""","temperature":9"""), 400, "invalid_type", "temperature" },
        { "chat/completions", User(""","temperature":"hot" """), 400, "invalid_type", "temperature" },
        { "chat/completions", User(""","max_tokens":0"""), 400, "invalid_type", "max_tokens" },
        { "chat/completions", User(""","stream":"yes" """), 400, "invalid_type", "stream" },
        { "chat/completions", User(""","stop":["a",""]"""), 400, "invalid_value", "stop" },
        { "chat/completions", User(""","service_tier":"priority" """), 400, "unsupported_parameter", "service_tier" },
        { "chat/completions", User(""","thinking":{"type":"enabled"}"""), 400, "unknown_parameter", "thinking" },
        { "chat/completions", User(""","tools":[{"type":"web_search"}]"""), 400, "unsupported_parameter", "tools[0].type" },
        { "chat/completions", User(""","tools":[{"type":"function","function":{}}]"""), 400, "missing_required_parameter",
            "tools[0].function.name" },
        { "chat/completions", User(""","tool_choice":"required" """), 400, "invalid_value", "tool_choice" },
        { "chat/completions", User(""","response_format":{"type":"yaml"}"""), 400, "unsupported_parameter", "response_format" },
        { "chat/completions", User(""","reasoning_effort":"extreme" """), 400, "unsupported_parameter", "reasoning_effort" },
        { "responses", Chat(""), 400, "missing_required_parameter", "input" },
        { "responses", Chat(""","input":"hi","previous_response_id":"resp_1" """), 400, "unsupported_parameter", "previous_response_id" },
        { "responses", Chat(""","input":"hi","background":true"""), 400, "unsupported_parameter", "background" },
        { "responses", Chat(""","input":[{"type":"item_reference","id":"x"}]"""), 400, "unsupported_parameter", "input[0].type" },
        { "responses", Chat(""","input":[{"type":"function_call_output","output":"x"}]"""), 400, "missing_required_parameter",
            "input[0].call_id" },
        { "responses", Chat(""","input":"hi","tools":[{"type":"web_search"}]"""), 400, "unsupported_parameter", "tools[0].type" },
        { "embeddings", Chat(""), 400, "missing_required_parameter", "input" },
        { "embeddings", Chat(""","input":[]"""), 400, "empty_array", "input" },
        { "embeddings", Chat(""","input":[1,2]"""), 400, "invalid_type", "input[0]" },
        { "embeddings", Chat(""","input":"" """), 400, "invalid_value", "input" },
        { "embeddings", Chat(""","input":"x","encoding_format":"hex" """), 400, "unsupported_parameter", "encoding_format" },
        { "embeddings", Chat(""","input":"x","dimensions":0"""), 400, "invalid_type", "dimensions" },
    };

    private static string Image(string url) => Chat(
        ",\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"image_url\",\"image_url\":{\"url\":\"" + url + "\"}}]}]");

    private static string Chat(string members) => $$"""{"model":"{{Model}}"{{members}}}""";

    private static string User(string members) => Chat($$""","messages":[{"role":"user","content":"hi"}]{{members}}""");

    [Theory, MemberData(nameof(Requests))]
    public async Task A_request_is_rejected_by_name(string route, string body, int status, string code, string? param)
    {
        await using var app = await OpenAIApp.StartAsync(options => options.Endpoints.Add(Model));

        var (actual, json) = await app.PostAsync(route, body);

        var error = json["error"]!;
        Assert.Equal((status, code, param), (actual, (string?)error["code"], (string?)error["param"]));
        Assert.Equal("invalid_request_error", (string?)error["type"]);
        Assert.Empty(app.Emulator.Requests);
    }

    [Theory]
    [InlineData("chat/completions", "messages", """{"role":"user","content":"hi"}""")]
    [InlineData("responses", "input", """{"role":"user","content":"hi"}""")]
    [InlineData("embeddings", "input", "\"hi\"")]
    public async Task Lists_are_bounded(string route, string list, string item)
    {
        await using var app = await OpenAIApp.StartAsync(options =>
        {
            options.Endpoints.Add(Model);
            (options.MaxMessages, options.MaxEmbeddingInputs) = (2, 2);
        });

        var (status, json) = await app.PostAsync(route, Chat($",\"{list}\":[{item},{item},{item}]"));

        Assert.Equal((400, "array_above_max_length"), (status, (string?)json["error"]!["code"]));
    }

    [Theory, InlineData(true), InlineData(false)]
    public async Task A_body_is_bounded(bool hasLength)
    {
        await using var app = await OpenAIApp.StartAsync(options =>
        {
            options.Endpoints.Add(Model);
            options.MaxRequestBytes = 100;
        });
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/chat/completions")
        {
            Content = new ByteArrayContent(Encoding.UTF8.GetBytes(User($",\"user\":\"{new string('x', 200)}\""))),
        };
        request.Content.Headers.ContentType = new("application/json");
        request.Headers.TransferEncodingChunked = !hasLength;

        using var response = await app.Http.SendAsync(request);

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
        Assert.Equal("request_too_large", (string?)JsonNode.Parse(await response.Content.ReadAsStringAsync())!["error"]!["code"]);
    }

    [Fact]
    public async Task Another_content_type_is_rejected()
    {
        await using var app = await OpenAIApp.StartAsync();
        using var response = await app.Http.PostAsync("/v1/chat/completions", new StringContent(User("")));

        Assert.Equal(HttpStatusCode.UnsupportedMediaType, response.StatusCode);
    }

    [Fact]
    public async Task A_request_that_breaks_off_leaves_the_app_running()
    {
        await using var app = await OpenAIApp.StartAsync();
        using (var client = new System.Net.Sockets.TcpClient())
        {
            await client.ConnectAsync(app.Address.Host, app.Address.Port);
            await client.GetStream().WriteAsync(
                Encoding.ASCII.GetBytes(string.Join(
                    "\r\n", "POST /v1/chat/completions HTTP/1.1", "Host: a", "Content-Type: application/json", "Content-Length: 500", "",
                    "{\"model\"")));
        }

        Assert.Equal(200, (await app.PostAsync("chat/completions", User(""))).Status);
    }
}
