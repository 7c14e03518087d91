using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

namespace Connectors.Databricks.Emulator.Sql.Tests;

/// <summary>An emulator with a warehouse, and requests to it without the connector.</summary>
internal sealed class SqlWire : IAsyncDisposable
{
    private readonly HttpClient _http = new(new HttpClientHandler { UseProxy = false });

    private SqlWire(DatabricksEmulator emulator, EmulatedSqlWarehouse warehouse) => (Emulator, Warehouse) = (emulator, warehouse);

    public DatabricksEmulator Emulator { get; }

    public EmulatedSqlWarehouse Warehouse { get; }

    public static async Task<SqlWire> StartAsync(
        Action<EmulatedSqlWarehouseOptions>? configure = null, Action<DatabricksEmulatorOptions>? emulator = null)
    {
        var options = new DatabricksEmulatorOptions();
        emulator?.Invoke(options);
        var started = await DatabricksEmulator.StartAsync(options);
        return new SqlWire(started, started.UseSqlWarehouse(configure));
    }

    public async Task<(int Status, JsonObject? Body)> SendAsync(
        HttpMethod method, string path, JsonObject? body = null, string? token = null)
    {
        using var request = new HttpRequestMessage(method, new Uri(Emulator.Host, path))
        {
            Content = body is null ? null : new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json"),
        };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token ?? Emulator.Token);
        using var response = await _http.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        return ((int)response.StatusCode, text.Length == 0 ? null : JsonNode.Parse(text) as JsonObject);
    }

    public async Task<(int Status, string Text)> GetLinkAsync(string link, bool withToken = false)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, link);
        request.Headers.Authorization = withToken ? new AuthenticationHeaderValue("Bearer", Emulator.Token) : null;
        using var response = await _http.SendAsync(request);
        return ((int)response.StatusCode, await response.Content.ReadAsStringAsync());
    }

    public JsonObject Request(string statement, string wait = "30s") =>
        new() { ["warehouse_id"] = Warehouse.Id, ["statement"] = statement, ["wait_timeout"] = wait };

    public Task<(int Status, JsonObject? Body)> SubmitAsync(JsonObject request) =>
        SendAsync(HttpMethod.Post, "/api/2.0/sql/statements", request);

    /// <summary>The document of a statement that has ended.</summary>
    public async Task<JsonObject> RunAsync(string statement, params (string Name, string? Value, string Type)[] parameters)
    {
        var request = Request(statement);
        request["parameters"] = new JsonArray([.. parameters.Select(parameter => new JsonObject
        {
            ["name"] = parameter.Name, ["value"] = parameter.Value, ["type"] = parameter.Type,
        })]);
        return (await SubmitAsync(request)).Body!;
    }

    /// <summary>The rows, with the values of each joined, or the error.</summary>
    public async Task<string[]> RowsAsync(string statement, params (string Name, string? Value, string Type)[] parameters)
    {
        var document = await RunAsync(statement, parameters);
        return document["status"]!["state"]!.ToString() == "SUCCEEDED"
            ? [.. document["result"]!["data_array"]!.AsArray().Select(row => string.Join('|', row!.AsArray().Select(cell =>
                cell?.ToString() ?? "NULL")))]
            : [$"{document["status"]!["error"]!["error_code"]}: {document["status"]!["error"]!["message"]}"];
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await Emulator.DisposeAsync();
    }
}
