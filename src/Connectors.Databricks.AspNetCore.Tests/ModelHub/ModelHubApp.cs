using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Connectors.Databricks.AspNetCore.Tests.ModelHub;

/// <summary>Apps with a model hub, and how tests read its documents.</summary>
internal static class ModelHubApp
{
    /// <summary>An app in front of the emulator.</summary>
    public static Task<TestApp> StartAsync(
        Action<DatabricksModelHubOptions>? configure = null, Action<IServiceCollection>? services = null,
        Action<IEndpointConventionBuilder>? convention = null, string prefix = "/models") => TestApp.StartAsync(
            app =>
            {
                var routes = app.MapDatabricksModelHub(prefix, configure);
                convention?.Invoke(routes);
            },
            services);

    /// <summary>An app whose workspace is scripted; null for an app without a client.</summary>
    public static Task<TestApp> StartAsync(
        ScriptedDirectory? directory, Action<DatabricksModelHubOptions>? configure = null, Action<IServiceCollection>? services = null) =>
        StartAsync(configure, registered =>
        {
            registered.RemoveAll<DatabricksServingClient>();
            if (directory is not null)
            {
                registered.AddSingleton(directory.Serving);
            }

            services?.Invoke(registered);
        });

    public static EndpointProfile Endpoint(string name, string? task, string entity, string members = "") =>
        DatabricksModelFactory.EndpointProfile(
            $$"""
            {"name":"{{name}}","state":{"ready":"READY","config_update":"NOT_UPDATING"},"task":{{(task is null ? "null" : $"\"{task}\"")}},
             "config":{"served_entities":[{{entity}}]}{{members}}}
            """);

    public static async Task<string> TextAsync(this TestApp app, string path) =>
        await app.Http.GetStringAsync(new Uri(path, UriKind.Relative));

    public static async Task<int> StatusAsync(this TestApp app, string path)
    {
        using var response = await app.Http.GetAsync(new Uri(path, UriKind.Relative));
        return (int)response.StatusCode;
    }

    public static async Task<JsonNode> JsonAsync(this TestApp app, string path) => JsonNode.Parse(await app.TextAsync(path))!;
}
