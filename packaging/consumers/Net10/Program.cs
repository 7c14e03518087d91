using Connectors.Databricks;
using Connectors.Databricks.Emulator;
using Connectors.Databricks.Emulator.Sql;
using Consumer;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;

// The emulator comes from its package as well.
await using var emulator = await DatabricksEmulator.StartAsync();
var serving = new DatabricksServingClient(emulator.Host, DatabricksCredential.FromToken(emulator.Token));
await Scenario.RunAsync(serving);

// So does its SQL warehouse, with the native library of this platform.
var warehouse = emulator.UseSqlWarehouse();
var count = await serving.GetSqlStatementClient(warehouse.Id).ExecuteAsync("SELECT 1 + 1 AS two");
Console.WriteLine(count is { TotalRowCount: 1, Columns: [{ Name: "two" }] }
    ? "SQL warehouse: as expected"
    : throw new InvalidOperationException($"SQL: {count.TotalRowCount} rows"));

// The routes for OpenAI clients list the endpoint that the app allows.
var builder = WebApplication.CreateSlimBuilder();
builder.WebHost.UseUrls("http://127.0.0.1:0");
builder.Services.AddSingleton(serving);
await using var app = builder.Build();
app.MapOpenAICompatibility("/v1", options => options.Endpoints.Add("task-agent")).AllowAnonymous();
await app.StartAsync();
using var http = new HttpClient();
var models = await http.GetStringAsync($"{app.Urls.First()}/v1/models");
Console.WriteLine(models.Contains("\"task-agent\"", StringComparison.Ordinal)
    ? "OpenAI-compatible routes: as expected"
    : throw new InvalidOperationException($"models: {models}"));
