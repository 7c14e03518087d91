using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.SemanticKernel;
using Microsoft.SemanticKernel.ChatCompletion;
using Microsoft.SemanticKernel.TextGeneration;

namespace Connectors.Databricks.SemanticKernel.Hosting;

/// <summary>What the public methods have in common: each service, registered under its key, on a client that its container makes.</summary>
internal static class KernelServices
{
    public static IKernelBuilder AddChatCompletion(
        this IKernelBuilder builder, string endpointName, string? serviceId, Func<IServiceProvider, DatabricksServingClient> client)
    {
        Services(builder).AddChatCompletion(endpointName, serviceId, client);
        return builder;
    }

    public static IServiceCollection AddChatCompletion(
        this IServiceCollection services, string endpointName, string? serviceId, Func<IServiceProvider, DatabricksServingClient> client)
    {
        Check(services, endpointName);
        services.AddKeyedSingleton<IChatCompletionService>(serviceId, (provider, _) => NewChat(provider, endpointName, client));
        services.AddKeyedSingleton<ITextGenerationService>(
            serviceId, (provider, key) => (ITextGenerationService)provider.GetRequiredKeyedService<IChatCompletionService>(key));
        return services;
    }

    private static DatabricksChatCompletionService NewChat(
        IServiceProvider provider, string endpointName, Func<IServiceProvider, DatabricksServingClient> client) =>
        new(client(provider).GetChatClient(endpointName).AsBuilder()
            .UseOpenTelemetry(provider.GetService<ILoggerFactory>())
            .Build(provider));

    public static IKernelBuilder AddChatClient(
        this IKernelBuilder builder, string endpointName, string? serviceId, Func<IServiceProvider, DatabricksServingClient> client)
    {
        Check(Services(builder), endpointName);
        builder.Services.AddKeyedSingleton(serviceId, (provider, _) =>
        {
            var loggers = provider.GetService<ILoggerFactory>();
            return client(provider).GetChatClient(endpointName).AsBuilder()
                .UseKernelFunctionInvocation(loggers)
                .UseOpenTelemetry(loggers)
                .Build(provider);
        });
        return builder;
    }

    public static IKernelBuilder AddTextGeneration(
        this IKernelBuilder builder, string endpointName, string? serviceId, Func<IServiceProvider, DatabricksServingClient> client)
    {
        Services(builder).AddTextGeneration(endpointName, serviceId, client);
        return builder;
    }

    public static IServiceCollection AddTextGeneration(
        this IServiceCollection services, string endpointName, string? serviceId, Func<IServiceProvider, DatabricksServingClient> client)
    {
        Check(services, endpointName);
        return services.AddKeyedSingleton<ITextGenerationService>(
            serviceId, (provider, _) => new DatabricksTextGenerationService(endpointName, client(provider)));
    }

    public static IKernelBuilder AddEmbeddingGenerator(
        this IKernelBuilder builder, string endpointName, string? serviceId, Func<IServiceProvider, DatabricksServingClient> client,
        DatabricksEmbeddingOptions? options)
    {
        Check(Services(builder), endpointName);
        builder.Services.AddKeyedSingleton(serviceId, (provider, _) => client(provider).GetEmbeddingGenerator(endpointName, options));
        return builder;
    }

    private static IServiceCollection Services(IKernelBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.Services;
    }

    private static void Check(IServiceCollection services, string endpointName)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentException.ThrowIfNullOrWhiteSpace(endpointName);
    }
}
