using System.Text.Json.Nodes;
using Connectors.Databricks.Emulator;
using Connectors.Databricks.Tests.Emulator.Gateway;

namespace Connectors.Databricks.Tests.Emulator.Responses;

/// <summary>Agents of task <c>agent/v1/responses</c>, on the wire.</summary>
public class ResponsesAgentTests
{
    [Theory]
    [InlineData("serving-endpoints/responses")]
    [InlineData("serving-endpoints/task-agent/invocations")]
    public async Task An_agent_answers_on_both_paths(string path)
    {
        await using Wire wire = await Wire.OpenAsync();

        JsonNode response = await wire.ReadResponsesAsync(
            path, """{"model":"task-agent","input":[{"role":"user","content":"Say 'ok'"}]}""");

        Assert.Equal("ok", response["output"]![0]!["content"]![0]!["text"]!.GetValue<string>());
    }

    [Fact]
    public async Task The_directory_shows_its_task()
    {
        await using Wire wire = await Wire.OpenAsync();

        Assert.Equal("agent/v1/responses", (await wire.GetJsonAsync("api/2.0/serving-endpoints/task-agent"))["task"]!.GetValue<string>());
    }

    [Fact]
    public async Task It_runs_tools_of_its_own()
    {
        await using Wire wire = await Wire.OpenAsync();

        JsonNode response = await wire.ReadResponsesAsync(ResponsesWire.Serving, """{"model":"task-agent","input":"What is 2 + 3?"}""");

        Assert.Equal(
            ["function_call", "function_call_output", "message"],
            response["output"]!.AsArray().Select(item => item!["type"]!.GetValue<string>()));
        Assert.Equal(response["output"]![0]!["call_id"]!.ToString(), response["output"]![1]!["call_id"]!.ToString());
    }

    [Fact]
    public async Task A_tool_run_can_be_scripted()
    {
        await using Wire wire = await Wire.OpenAsync();
        wire.Emulator.Endpoint("task-agent").Deviates(ResponsesDeviation.ToolOutputEvent).RunsTool("search", "{}", "found", "Done.");

        var events = await wire.StreamResponsesAsync(ResponsesWire.Serving, """{"model":"task-agent","input":"Hi","stream":true}""");

        Assert.Contains(events, one => ResponsesWire.TypeOf(one.Data) == "function_call_output");
        Assert.All(events, one => Assert.Null(one.Name));
        Assert.Equal("[DONE]", events[^1].Data);
    }

    [Theory]
    [InlineData(true, "I ran delete_file: done.", 3)]
    [InlineData(false, "I did not run delete_file.", 1)]
    public async Task An_approval_is_asked_for_and_followed(bool approves, string text, int items)
    {
        await using Wire wire = await Wire.OpenAsync();
        wire.Emulator.Endpoint("task-agent").RequestsApproval("delete_file", """{"path":"a"}""", "files");
        JsonNode first = await wire.ReadResponsesAsync(ResponsesWire.Serving, """{"model":"task-agent","input":"Delete a"}""");
        JsonNode request = first["output"]![0]!;
        Assert.Equal(
            ("mcp_approval_request", "delete_file", """{"path":"a"}""", "files"),
            (
                request["type"]!.ToString(), request["name"]!.ToString(), request["arguments"]!.ToString(),
                request["server_label"]!.ToString()));

        JsonNode second = await wire.ReadResponsesAsync(ResponsesWire.Serving, Answer(request));
        Assert.Equal(items, second["output"]!.AsArray().Count);
        Assert.Equal(text, second["output"]!.AsArray()[^1]!["content"]![0]!["text"]!.GetValue<string>());

        string Answer(JsonNode asked) =>
            $$"""
            {"model":"task-agent","input":[{"role":"user","content":"Delete a"},{{asked.ToJsonString()}},
              {"type":"mcp_approval_response","approval_request_id":{{asked["id"]!.ToJsonString()}},"approve":{{(approves ? "true" : "false")}} }]}
            """;
    }

    // As @databricks/ai-sdk-provider sends decisions: each has the id of its request.
    [Fact]
    public async Task Decisions_may_have_the_ids_of_their_requests()
    {
        await using Wire wire = await Wire.OpenAsync();

        JsonNode response = await wire.ReadResponsesAsync(
            ResponsesWire.Serving,
            """
            {"model":"task-agent","input":[{"role":"user","content":"Go"},
              {"type":"mcp_approval_request","id":"mcpr_1","name":"first","arguments":"{}","server_label":"s"},
              {"type":"mcp_approval_request","id":"mcpr_2","name":"second","arguments":"{}","server_label":"s"},
              {"type":"mcp_approval_response","id":"mcpr_1","approval_request_id":"mcpr_1","approve":true},
              {"type":"mcp_approval_response","id":"mcpr_2","approval_request_id":"mcpr_2","approve":false}]}
            """);

        JsonArray output = response["output"]!.AsArray();
        Assert.Equal(
            ["function_call", "function_call_output", "message"], output.Select(item => item!["type"]!.ToString()));
        Assert.Equal("I ran first: done. I did not run second.", output[^1]!["content"]![0]!["text"]!.ToString());
    }

    [Fact]
    public async Task An_approval_without_its_request_is_rejected()
    {
        await using Wire wire = await Wire.OpenAsync();

        Assert.StartsWith(
            "400 ",
            await wire.AskResponsesAsync(
                ResponsesWire.Serving,
                """{"model":"task-agent","input":[{"type":"mcp_approval_response","approval_request_id":"mcpr_1","approve":true}]}"""),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Custom_inputs_and_traces_come_back()
    {
        await using Wire wire = await Wire.OpenAsync();

        JsonNode response = await wire.ReadResponsesAsync(
            ResponsesWire.Serving,
            """
            {"model":"task-agent","input":"Hi","custom_inputs":{"a":1},"context":{"conversation_id":"c","user_id":"u"},
              "databricks_options":{"return_trace":true}}
            """);

        Assert.Equal("""{"a":1}""", response["custom_outputs"]!.ToJsonString());
        Assert.StartsWith("tr-", response["databricks_output"]!["trace"]!["info"]!["trace_id"]!.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_tool_login_names_the_connection_and_the_address()
    {
        await using Wire wire = await Wire.OpenAsync();
        wire.Emulator.Endpoint("task-agent").RequiresToolLogin().RequiresToolLogin();

        var events = await wire.StreamResponsesAsync(ResponsesWire.Serving, """{"model":"task-agent","input":"Hi","stream":true}""");
        JsonNode whole = await wire.ReadResponsesAsync(ResponsesWire.Serving, """{"model":"task-agent","input":"Hi"}""");

        JsonNode error = JsonNode.Parse(events[^1].Data)!;
        Assert.Equal(("error", "oauth"), (error["type"]!.ToString(), error["code"]!.ToString()));
        Assert.Contains("connection 'github'", error["message"]!.ToString(), StringComparison.Ordinal);
        Assert.Equal(("failed", "oauth"), (whole["status"]!.ToString(), whole["error"]!["code"]!.ToString()));
    }

    [Fact]
    public async Task Messages_in_place_of_input_break_the_schema()
    {
        await using Wire wire = await Wire.OpenAsync();

        Assert.Equal(
            """
            400 {"error_code":"BAD_REQUEST","message":"Failed to enforce schema of the request. Model is missing inputs ['input']."}
            """,
            await wire.AskAsync("task-agent", """{"messages":[{"role":"user","content":"Hi"}]}"""));
    }
}
