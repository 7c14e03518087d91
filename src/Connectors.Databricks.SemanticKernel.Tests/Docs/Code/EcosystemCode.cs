using System.ClientModel;
using Microsoft.Agents.AI;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using OpenAI;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;
using static Connectors.Databricks.SemanticKernel.Tests.Docs.Code.KernelCode;

namespace Connectors.Databricks.SemanticKernel.Tests.Docs.Code;

/// <summary>What the pages show with packages that the connector itself does not reference.</summary>
public static class EcosystemCode
{
    public static async Task AgentAsync(DatabricksServingClient serving)
    {
        // <agent-framework>
        AIAgent agent = serving.GetChatClient("system.ai.claude-sonnet-4-5")
            .AsAIAgent(instructions: "You answer about the weather.", tools: [AIFunctionFactory.Create(new Weather().Get)]);

        Console.WriteLine(await agent.RunAsync("What is the weather in Bonn?"));
        // </agent-framework>
    }

    public static void Resilience(IServiceCollection services)
    {
        // <resilience-handler>
        services.AddDatabricksServing(options => options.Resilience.Retry = null)
            .AddStandardResilienceHandler();
        // </resilience-handler>
    }

    public static IChatClient OpenAIClient(Uri host, string token)
    {
        // <openai-client>
        IChatClient chat = new OpenAIClient(
                new ApiKeyCredential(token), new OpenAIClientOptions { Endpoint = new Uri(host, "/serving-endpoints") })
            .GetChatClient("databricks-claude-sonnet-4-5").AsIChatClient();
        // </openai-client>
        return chat;
    }

    public static IChatClient Middleware(DatabricksServingClient serving)
    {
        // <middleware>
        IChatClient agent = serving.GetChatClient("system.ai.claude-sonnet-4-5")
            .AsBuilder()
            .UseFunctionInvocation()
            .UseOpenTelemetry()
            .Build();
        // </middleware>
        return agent;
    }

    public static IServiceCollection Services(IServiceCollection services, IConfiguration configuration)
    {
        // <services>
        services.AddDatabricksServing(configuration.GetSection("Databricks"));
        services.AddChatClient(provider => provider.GetRequiredService<DatabricksServingClient>()
                .GetChatClient("system.ai.claude-sonnet-4-5"))
            .UseFunctionInvocation()
            .UseOpenTelemetry();
        services.AddKeyedChatClient(
            "small", provider => provider.GetRequiredService<DatabricksServingClient>().GetChatClient("system.ai.gpt-oss-20b"));
        services.AddEmbeddingGenerator(
            provider => provider.GetRequiredService<DatabricksServingClient>().GetEmbeddingGenerator("system.ai.gte-large-en"));
        // </services>
        return services;
    }

    public static void MiddlewareServices(IServiceCollection services)
    {
        // <middleware-services>
        services.AddDatabricksServing();
        services.AddChatClient(provider => provider.GetRequiredService<DatabricksServingClient>()
                .GetChatClient("system.ai.claude-sonnet-4-5"))
            .UseFunctionInvocation();
        // </middleware-services>
    }

    public static void Telemetry(IHostApplicationBuilder builder)
    {
        // <open-telemetry>
        builder.Services.AddOpenTelemetry()
            .WithTracing(tracing => tracing
                .AddSource("Connectors.Databricks")               // attempts and tokens
                .AddSource("Experimental.Microsoft.Extensions.AI") // chats, from UseOpenTelemetry() below
                .AddOtlpExporter())
            .WithMetrics(metrics => metrics
                .AddMeter("Connectors.Databricks")
                .AddMeter("Experimental.Microsoft.Extensions.AI")
                .AddOtlpExporter());

        builder.Services.AddDatabricksServing();
        builder.Services
            .AddChatClient(provider => provider.GetRequiredService<DatabricksServingClient>().GetChatClient("system.ai.gpt-5-2"))
            .UseOpenTelemetry();
        // </open-telemetry>
    }
}
