using System.ComponentModel;
using Connectors.Databricks;
using Connectors.Databricks.AspNetCore;
using Microsoft.Extensions.AI;

namespace Web;

/// <summary>The chat of the sample: which models it offers, its system prompt, and its functions.</summary>
internal static class Assistant
{
    /// <summary>Model services. Where the workspace has no Unity Gateway, the connector maps them to endpoints.</summary>
    public static IReadOnlyList<(string Endpoint, string Name)> Models { get; } =
    [
        ("system.ai.claude-sonnet-4-5", "Claude Sonnet 4.5"),
        ("system.ai.gpt-oss-120b", "gpt-oss 120B"),
        ("system.ai.meta-llama-3-3-70b-instruct", "Llama 3.3 70B"),
    ];

    private static readonly IList<AITool> Tools =
        [AIFunctionFactory.Create(GetWeather, "get_weather"), AIFunctionFactory.Create(GetOrder, "get_order_status")];

    public static void Configure(DatabricksChatRouteOptions options)
    {
        foreach (var (endpoint, _) in Models)
        {
            options.Endpoints.Add(endpoint);
        }

        options.MaxOutputTokens = 4_000;
        options.IncludeToolResults = true;   // The results of the functions below are for the user.
        options.ChatClientFactory = (services, endpoint) => services.GetRequiredService<DatabricksServingClient>()
            .GetChatClient(endpoint)
            .AsBuilder()
            .UseFunctionInvocation()
            .UseOpenTelemetry()
            .Build(services);
        options.ConfigureOptions = (_, chat) =>
        {
            chat.Instructions = "You help the customers of a bicycle shop. Answer briefly.";
            chat.Tools = Tools;
        };
    }

    [Description("Returns the weather forecast for a city.")]
    private static Weather GetWeather([Description("The city.")] string city) => new(city, "partly cloudy", 18 + (city.Length % 7));

    [Description("Returns the status of an order.")]
    private static Order GetOrder([Description("The number of the order.")] int order) => new(order, "shipped", "City bicycle, 28 inch");

    private sealed record Weather(string City, string Sky, int Celsius);

    private sealed record Order(int Number, string Status, string Item);
}
