using Connectors.Databricks.SemanticKernel.Settings;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.SemanticKernel;
using Microsoft.SemanticKernel.ChatCompletion;
using Microsoft.SemanticKernel.TextGeneration;
using NewClient = System.Func<System.IServiceProvider, Connectors.Databricks.DatabricksServingClient>;

namespace Connectors.Databricks.SemanticKernel.Hosting;

/// <summary>
/// What the public methods have in common: each service, registered under its key, on a client that its container makes. A kernel builder
/// is its service collection.
/// </summary>
internal static class KernelServices
{
    public static IKernelBuilder AddChatCompletion(
        this IKernelBuilder builder, string endpointName, string? serviceId, NewClient client, DatabricksChatOptions? options)
    {
        Services(builder).AddChatCompletion(endpointName, serviceId, client, options);
        return builder;
    }

    public static IServiceCollection AddChatCompletion(
        this IServiceCollection services, string endpointName, string? serviceId, NewClient client, DatabricksChatOptions? options)
    {
        Check(services, endpointName);
        return services.AddChatCompletion(serviceId, provider => client(provider).GetChatClient(endpointName, options));
    }

    public static IKernelBuilder AddAgentChatCompletion(
        this IKernelBuilder builder, string agentName, string? serviceId, NewClient client, DatabricksChatOptions? options)
    {
        Services(builder).AddAgentChatCompletion(agentName, serviceId, client, options);
        return builder;
    }

    public static IServiceCollection AddAgentChatCompletion(
        this IServiceCollection services, string agentName, string? serviceId, NewClient client, DatabricksChatOptions? options)
    {
        Check(services, agentName, nameof(agentName));
        return services.AddChatCompletion(serviceId, provider => client(provider).GetAgentClient(agentName, options));
    }

    private static IServiceCollection AddChatCompletion(
        this IServiceCollection services, string? serviceId, Func<IServiceProvider, IChatClient> chat)
    {
        services.AddKeyedSingleton<IChatCompletionService>(serviceId, (provider, _) => NewChat(provider, chat(provider)));
        services.AddKeyedSingleton<ITextGenerationService>(
            serviceId, (provider, key) => (ITextGenerationService)provider.GetRequiredKeyedService<IChatCompletionService>(key));
        return services;
    }

    private static DatabricksChatCompletionService NewChat(IServiceProvider provider, IChatClient chat) =>
        new(chat.AsBuilder()
            .UseOpenTelemetry(provider.GetService<ILoggerFactory>())
            .Build(provider));

    public static IKernelBuilder AddChatClient(
        this IKernelBuilder builder, string endpointName, string? serviceId, NewClient client, DatabricksChatOptions? options,
        Telemetry<OpenTelemetryChatClient> telemetry)
    {
        Services(builder).AddChatClient(endpointName, serviceId, client, options, telemetry);
        return builder;
    }

    // The pipeline of Semantic Kernel's AddOpenAIChatClient, in its order.
    public static IServiceCollection AddChatClient(
        this IServiceCollection services, string endpointName, string? serviceId, NewClient client, DatabricksChatOptions? options,
        Telemetry<OpenTelemetryChatClient> telemetry)
    {
        Check(services, endpointName);
        return services.AddKeyedSingleton(serviceId, (provider, _) =>
        {
            var loggers = provider.GetService<ILoggerFactory>();
            var pipeline = client(provider).GetChatClient(endpointName, options).AsBuilder()
                .UseKernelFunctionInvocation(loggers)
                .UseOpenTelemetry(loggers, telemetry.SourceName, telemetry.Configure);
            return (loggers is null ? pipeline : pipeline.UseLogging(loggers))
                .Use(inner => new OtherSettingsChatClient(inner))
                .Build(provider);
        });
    }

    public static IKernelBuilder AddTextGeneration(this IKernelBuilder builder, string endpointName, string? serviceId, NewClient client)
    {
        Services(builder).AddTextGeneration(endpointName, serviceId, client);
        return builder;
    }

    public static IServiceCollection AddTextGeneration(
        this IServiceCollection services, string endpointName, string? serviceId, NewClient client)
    {
        Check(services, endpointName);
        return services.AddKeyedSingleton<ITextGenerationService>(
            serviceId, (provider, _) => new DatabricksTextGenerationService(endpointName, client(provider)));
    }

    public static IKernelBuilder AddEmbeddingGenerator(
        this IKernelBuilder builder, string endpointName, string? serviceId, NewClient client, int? dimensions,
        DatabricksEmbeddingOptions? options, Telemetry<OpenTelemetryEmbeddingGenerator<string, Embedding<float>>> telemetry)
    {
        Services(builder).AddEmbeddingGenerator(endpointName, serviceId, client, dimensions, options, telemetry);
        return builder;
    }

    public static IServiceCollection AddEmbeddingGenerator(
        this IServiceCollection services, string endpointName, string? serviceId, NewClient client, int? dimensions,
        DatabricksEmbeddingOptions? options, Telemetry<OpenTelemetryEmbeddingGenerator<string, Embedding<float>>> telemetry)
    {
        Check(services, endpointName);
        if (dimensions is not null)
        {
            ArgumentOutOfRangeException.ThrowIfNegativeOrZero(dimensions.Value, nameof(dimensions));
        }

        return services.AddKeyedSingleton(serviceId, (provider, _) =>
        {
            var loggers = provider.GetService<ILoggerFactory>();
            var pipeline = client(provider)
                .GetEmbeddingGenerator(endpointName, options ?? (dimensions is null ? null : new() { Dimensions = dimensions }))
                .AsBuilder()
                .ConfigureOptions(call => call.Dimensions ??= dimensions)
                .UseOpenTelemetry(loggers, telemetry.SourceName, telemetry.Configure);
            return (loggers is null ? pipeline : pipeline.UseLogging(loggers)).Build(provider);
        });
    }

    private static IServiceCollection Services(IKernelBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.Services;
    }

    private static void Check(IServiceCollection services, string endpointName, string parameter = "endpointName")
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentException.ThrowIfNullOrWhiteSpace(endpointName, parameter);
    }
}
