using System.Text.Json.Nodes;
using Connectors.Databricks.Tests.TestServices;
using Microsoft.Extensions.Time.Testing;

namespace Connectors.Databricks.Emulator.Sql.Tests.Statements;

/// <summary>The Statement Execution API, without the connector.</summary>
public class StatementApiTests
{
    [Fact]
    public async Task A_statement_has_a_manifest_and_its_rows()
    {
        await using var wire = await SqlWire.StartAsync();

        var document = await wire.RunAsync("SELECT 1 AS id, 'a' AS name, CAST(NULL AS STRING) AS nothing, true AS flag");

        document.Remove("statement_id");
        JsonText.AssertEqual(
            """
            {"status":{"state":"SUCCEEDED"},
             "manifest":{"format":"JSON_ARRAY","schema":{"column_count":4,"columns":[
               {"name":"id","type_text":"INT","type_name":"INT","position":0},
               {"name":"name","type_text":"STRING","type_name":"STRING","position":1},
               {"name":"nothing","type_text":"STRING","type_name":"STRING","position":2},
               {"name":"flag","type_text":"BOOLEAN","type_name":"BOOLEAN","position":3}]},
               "total_chunk_count":1,"total_row_count":1,"total_byte_count":6,"truncated":false,
               "chunks":[{"chunk_index":0,"row_offset":0,"row_count":1,"byte_count":6}]},
             "result":{"chunk_index":0,"row_offset":0,"row_count":1,"byte_count":6,"data_array":[["1","a",null,"true"]]}}
            """,
            document.ToJsonString());
    }

    [Fact]
    public async Task A_statement_without_a_wait_is_pending_then_running_then_done()
    {
        await using var wire = await SqlWire.StartAsync();

        var (_, first) = await wire.SubmitAsync(wire.Request("SELECT 1", wait: "0s"));
        List<string> states = [first!["status"]!["state"]!.ToString()];
        while (states[^1] is "PENDING" or "RUNNING")
        {
            var (_, polled) = await wire.SendAsync(HttpMethod.Get, $"/api/2.0/sql/statements/{first["statement_id"]}");
            states.Add(polled!["status"]!["state"]!.ToString());
        }

        Assert.Equal(["PENDING", "RUNNING", "SUCCEEDED"], states.Distinct());
    }

    [Theory]
    [InlineData("""{"statement":"SELECT 1"}""", 404, "RESOURCE_DOES_NOT_EXIST")]
    [InlineData("""{"warehouse_id":"0123456789abcdef"}""", 400, "INVALID_PARAMETER_VALUE")]
    [InlineData("""{"warehouse_id":"0123456789abcdef","statement":"SELECT 1","wait_timeout":"4s"}""", 400, "INVALID_PARAMETER_VALUE")]
    [InlineData("""{"warehouse_id":"0123456789abcdef","statement":"SELECT 1","wait_timeout":"51s"}""", 400, "INVALID_PARAMETER_VALUE")]
    [InlineData("""{"warehouse_id":"0123456789abcdef","statement":"SELECT 1","disposition":"FILE"}""", 400, "INVALID_PARAMETER_VALUE")]
    [InlineData("""{"warehouse_id":"0123456789abcdef","statement":"SELECT 1","format":"CSV"}""", 400, "INVALID_PARAMETER_VALUE")]
    [InlineData(
        """{"warehouse_id":"0123456789abcdef","statement":"SELECT 1","format":"CSV","disposition":"EXTERNAL_LINKS"}""", 501,
        "NOT_IMPLEMENTED")]
    [InlineData(
        """{"warehouse_id":"0123456789abcdef","statement":"SELECT :a","parameters":[{"name":"a","value":1,"type":"INT"}]}""", 400,
        "INVALID_PARAMETER_VALUE")]
    [InlineData(
        """{"warehouse_id":"0123456789abcdef","statement":"SELECT :a","parameters":[{"name":"a","value":"1","type":"INT) --"}]}""", 400,
        "INVALID_PARAMETER_VALUE")]
    public async Task An_invalid_request_is_rejected(string request, int status, string code)
    {
        await using var wire = await SqlWire.StartAsync();

        var (actual, body) = await wire.SubmitAsync(JsonNode.Parse(request)!.AsObject());

        Assert.Equal((status, code), (actual, body!["error_code"]!.ToString()));
        Assert.Empty(wire.Warehouse.Statements);
    }

    [Fact]
    public async Task A_token_is_required_and_an_unknown_statement_is_a_404()
    {
        await using var wire = await SqlWire.StartAsync();

        Assert.Equal(401, (await wire.SendAsync(HttpMethod.Post, "/api/2.0/sql/statements", wire.Request("SELECT 1"), "wrong")).Status);
        Assert.Equal(404, (await wire.SendAsync(HttpMethod.Get, "/api/2.0/sql/statements/unknown")).Status);
        Assert.Equal(404, (await wire.SendAsync(HttpMethod.Post, "/api/2.0/sql/statements/unknown/cancel")).Status);
    }

    [Fact]
    public async Task An_emulator_without_a_warehouse_does_not_serve_statements()
    {
        await using var emulator = await DatabricksEmulator.StartAsync();
        using var http = new HttpClient(new HttpClientHandler { UseProxy = false });
        http.DefaultRequestHeaders.Authorization = new("Bearer", emulator.Token);

        using var response = await http.GetAsync(new Uri(emulator.Host, "/api/2.0/sql/statements/a"));

        Assert.Equal(501, (int)response.StatusCode);
    }

    [Fact]
    public async Task Rows_come_in_chunks()
    {
        await using var wire = await SqlWire.StartAsync(options => options.RowsPerChunk = 2);
        wire.Warehouse.CreateTable("main.src.t", "n INT", Enumerable.Range(1, 5).Select(number => new object[] { number }));

        var document = await wire.RunAsync("SELECT n FROM main.src.t ORDER BY n");
        var (_, last) = await wire.SendAsync(HttpMethod.Get, $"/api/2.0/sql/statements/{document["statement_id"]}/result/chunks/2");
        var (missing, _) = await wire.SendAsync(HttpMethod.Get, $"/api/2.0/sql/statements/{document["statement_id"]}/result/chunks/3");

        Assert.Equal(3, document["manifest"]!["total_chunk_count"]!.GetValue<int>());
        Assert.Equal(
            $"/api/2.0/sql/statements/{document["statement_id"]}/result/chunks/1?row_offset=2",
            document["result"]!["next_chunk_internal_link"]!.ToString());
        JsonText.AssertEqual(
            """{"chunk_index":2,"row_offset":4,"row_count":1,"byte_count":1,"data_array":[["5"]]}""", last!.ToJsonString());
        Assert.Equal(404, missing);
    }

    [Fact]
    public async Task Links_refuse_a_token_and_expire()
    {
        var clock = new FakeTimeProvider(DateTimeOffset.UnixEpoch.AddYears(56));
        await using var wire = await SqlWire.StartAsync(emulator: options => options.TimeProvider = clock);
        var request = wire.Request("SELECT 1 AS n");
        request["disposition"] = "EXTERNAL_LINKS";

        var (_, document) = await wire.SubmitAsync(request);
        var link = document!["result"]!["external_links"]![0]!["external_link"]!.ToString();

        Assert.Equal((200, """[["1"]]"""), await wire.GetLinkAsync(link));
        Assert.Equal(400, (await wire.GetLinkAsync(link, withToken: true)).Status);
        Assert.Equal(403, (await wire.GetLinkAsync($"{link}0")).Status);
        clock.Advance(TimeSpan.FromMinutes(16));
        Assert.Equal(403, (await wire.GetLinkAsync(link)).Status);
        var (_, chunk) = await wire.SendAsync(HttpMethod.Get, $"/api/2.0/sql/statements/{document["statement_id"]}/result/chunks/0");
        var renewed = chunk!["external_links"]![0]!["external_link"]!.ToString();
        Assert.Equal(200, (await wire.GetLinkAsync(renewed)).Status);
        wire.Warehouse.ExpireLinks();
        Assert.Equal(403, (await wire.GetLinkAsync(renewed)).Status);
        Assert.Equal([200, 400, 403, 403, 200, 403], wire.Warehouse.LinkResponses);
        clock.Advance(TimeSpan.FromMinutes(60));
        Assert.Equal(404, (await wire.SendAsync(HttpMethod.Get, $"/api/2.0/sql/statements/{document["statement_id"]}")).Status);
    }

    [Fact]
    public async Task A_canceled_statement_has_no_result()
    {
        await using var wire = await SqlWire.StartAsync();
        wire.Warehouse.HoldStatements();

        var (_, first) = await wire.SubmitAsync(wire.Request("SELECT 1", wait: "0s"));
        var (status, body) = await wire.SendAsync(HttpMethod.Post, $"/api/2.0/sql/statements/{first!["statement_id"]}/cancel");
        var (_, polled) = await wire.SendAsync(HttpMethod.Get, $"/api/2.0/sql/statements/{first["statement_id"]}");

        Assert.Equal((200, null), (status, body));
        Assert.Equal("CANCELED", polled!["status"]!["state"]!.ToString());
    }

    [Fact]
    public async Task A_wait_that_is_too_short_cancels_or_continues()
    {
        var clock = new FakeTimeProvider();
        await using var wire = await SqlWire.StartAsync(emulator: options => options.TimeProvider = clock);
        wire.Warehouse.HoldStatements();
        var canceling = wire.Request("SELECT 1", wait: "5s");
        canceling["on_wait_timeout"] = "CANCEL";
        Task<(int Status, JsonObject? Body)>[] responses =
            [wire.SubmitAsync(canceling), wire.SubmitAsync(wire.Request("SELECT 2", wait: "5s"))];
        while (wire.Warehouse.Statements.Count < 2)
        {
            await Task.Yield();
        }

        while (!responses.All(response => response.IsCompleted))
        {
            clock.Advance(TimeSpan.FromSeconds(5));
            await Task.Yield();
        }

        Assert.Equal("CANCELED", (await responses[0]).Body!["status"]!["state"]!.ToString());
        Assert.Equal("PENDING", (await responses[1]).Body!["status"]!["state"]!.ToString());
    }

    [Fact]
    public async Task A_statement_fails_as_told_with_status_200()
    {
        await using var wire = await SqlWire.StartAsync();
        wire.Warehouse.FailNextStatement("TEMPORARILY_UNAVAILABLE", "The warehouse is restarting.", "08000");

        var (status, document) = await wire.SubmitAsync(wire.Request("SELECT 1"));

        Assert.Equal(200, status);
        JsonText.AssertEqual(
            """
            {"state":"FAILED","error":{"error_code":"TEMPORARILY_UNAVAILABLE","message":"The warehouse is restarting."},
             "sql_state":"08000"}
            """,
            document!["status"]!.ToJsonString());
        Assert.Equal(["1"], await wire.RowsAsync("SELECT 1"));
    }

    [Fact]
    public async Task Limits_of_rows_and_bytes()
    {
        await using var wire = await SqlWire.StartAsync(options => options.InlineByteLimit = 20);
        wire.Warehouse.CreateTable("t", "n STRING", Enumerable.Range(1, 5).Select(number => new object[] { $"number {number}" }));
        var limited = wire.Request("SELECT n FROM t");
        limited["row_limit"] = 1;

        var (_, document) = await wire.SubmitAsync(limited);

        Assert.True(document!["manifest"]!["truncated"]!.GetValue<bool>());
        Assert.Equal(1, document["manifest"]!["total_row_count"]!.GetValue<int>());
        Assert.StartsWith("RESOURCE_EXHAUSTED: Inline byte limit", (await wire.RowsAsync("SELECT n FROM t"))[0], StringComparison.Ordinal);
    }
}
