using Connectors.Databricks;
using Connectors.Databricks.Hosting;
using Connectors.Databricks.Transport;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Http.Resilience;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

// The conventional namespace of Add… methods, which apps with a service collection have in scope.
namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers Databricks Model Serving with dependency injection.</summary>
public static class DatabricksServingServiceCollectionExtensions
{
    private const string HttpClientName = "Connectors.Databricks";

    private static readonly string[] SecretHeaders = ["Authorization", "X-Databricks-Azure-SP-Management-Token"];

    /// <summary>
    /// Adds a singleton <see cref="DatabricksServingClient"/> with unified authentication: environment variables and a profile of
    /// <c>~/.databrickscfg</c>.
    /// </summary>
    /// <param name="services">The service collection.</param>
    /// <param name="configure">Configures the options, which take precedence over the environment, setting by setting.</param>
    /// <returns>
    /// The builder of the HTTP client for serving requests, for adding handlers. Token requests use a separate HTTP client.
    /// </returns>
    /// <remarks>
    /// The registered <see cref="ILoggerFactory"/> and <see cref="TimeProvider"/> are used, if any. Invalid options, such as settings of
    /// two
    /// authentication types, throw an <see cref="OptionsValidationException"/> when the app starts; no token is acquired until the first
    /// request. Handlers of <c>ConfigureHttpClientDefaults</c> are removed from this client: the standard resilience handler, which
    /// many apps add there, ends an attempt after 10 seconds and retries inference. A resilience handler that is added to the returned
    /// builder
    /// disables the retries of <see cref="DatabricksServingOptions.Resilience"/>, unless they are configured.
    /// </remarks>
    public static IHttpClientBuilder AddDatabricksServing(
        this IServiceCollection services, Action<DatabricksServingOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        return Add(services, configure ?? (_ => { }));
    }

    /// <summary>
    /// Adds a singleton <see cref="DatabricksServingClient"/> with options from a configuration section, such as
    /// <c>"Databricks": { "Host": "…", "Authentication": { "Profile": "…" } }</c>.
    /// </summary>
    /// <param name="services">The service collection.</param>
    /// <param name="configuration">
    /// The configuration section. Its values have the precedence of options set in code. Unknown keys and invalid values throw when the app
    /// starts.
    /// </param>
    /// <returns>
    /// The builder of the HTTP client for serving requests, for adding handlers. Token requests use a separate HTTP client.
    /// </returns>
    /// <remarks>See <see cref="AddDatabricksServing(IServiceCollection, Action{DatabricksServingOptions}?)"/>.</remarks>
    public static IHttpClientBuilder AddDatabricksServing(this IServiceCollection services, IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(configuration);
        return Add(services, options => OptionsFromConfiguration.Read(configuration, options));
    }

    /// <summary>
    /// Adds a singleton <see cref="IChatClient"/> for an agent of the workspace that <c>AddDatabricksServing</c> registered, by
    /// <see cref="DatabricksServingClient.GetAgentClient(string, DatabricksChatOptions?)"/>.
    /// </summary>
    /// <param name="services">The service collection.</param>
    /// <param name="agentName"><c>apps/</c> and the name of an app, or the name of a serving endpoint.</param>
    /// <param name="serviceKey">The key of the service; <see langword="null"/> for none.</param>
    /// <param name="options">
    /// The chat options; <see langword="null"/> for <see cref="DatabricksServingOptions.Chat"/> of the registered client.
    /// </param>
    /// <returns><paramref name="services"/>.</returns>
    /// <exception cref="ArgumentException"><paramref name="agentName"/> is empty.</exception>
    public static IServiceCollection AddDatabricksAgentClient(
        this IServiceCollection services, string agentName, object? serviceKey = null, DatabricksChatOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentException.ThrowIfNullOrWhiteSpace(agentName);
        return services.AddKeyedSingleton(
            serviceKey, (provider, _) => provider.GetRequiredService<DatabricksServingClient>().GetAgentClient(agentName, options));
    }

    private static IHttpClientBuilder Add(IServiceCollection services, Action<DatabricksServingOptions> configure)
    {
        services.AddOptions<DatabricksServingOptions>()
            .Configure<IServiceProvider>(UseRegisteredServices).Configure(configure).ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<DatabricksServingOptions>, ValidateServingOptions>());
        services.TryAddSingleton(NewClient);
        var builder = services.AddHttpClient(HttpClientName);
        if (!services.Any(service => service.ServiceType == typeof(DefaultHandlersRemoved)))
        {
            // Handlers of ConfigureHttpClientDefaults are added before this, those of the returned builder after it. A second
            // AddDatabricksServing must not remove the latter.
            services.AddSingleton<DefaultHandlersRemoved>();
            builder.ConfigureAdditionalHttpMessageHandlers(static (handlers, _) => handlers.Clear());
        }

        return builder
            .ConfigurePrimaryHttpMessageHandler(provider => SharedConnections.NewHandler(
                provider.GetRequiredService<IOptions<DatabricksServingOptions>>().Value.ConnectTimeout))

            // The transport applies timeouts. The singleton keeps its handler, whose pooled connections follow DNS changes.
            .ConfigureHttpClient(client => client.Timeout = Timeout.InfiniteTimeSpan)
            .SetHandlerLifetime(Timeout.InfiniteTimeSpan)
            .RedactLoggedHeaders(SecretHeaders);
    }

    private static void UseRegisteredServices(DatabricksServingOptions options, IServiceProvider services)
    {
        options.LoggerFactory = services.GetService<ILoggerFactory>() ?? options.LoggerFactory;
        options.TimeProvider = services.GetService<TimeProvider>() ?? options.TimeProvider;
    }

    private static DatabricksServingClient NewClient(IServiceProvider services)
    {
        var options = services.GetRequiredService<IOptions<DatabricksServingOptions>>().Value;
        if (options.HttpClient is not null)
        {
            return new DatabricksServingClient(options);
        }

        // Two layers of retries multiply: those of a handler that the app added replace the connector's, unless the app configured both.
        var handler = services.GetRequiredService<IHttpMessageHandlerFactory>().CreateHandler(HttpClientName);
        var resilience = HasResilienceHandler(handler) && !options.Resilience.IsRetryConfigured
            ? options.Resilience.WithoutRetry()
            : options.Resilience;
        return new DatabricksServingClient(
            options.With(services.GetRequiredService<IHttpClientFactory>().CreateClient(HttpClientName), resilience));
    }

    private static bool HasResilienceHandler(HttpMessageHandler? handler) => handler switch
    {
        ResilienceHandler => true,
        DelegatingHandler { InnerHandler: var inner } => HasResilienceHandler(inner),
        _ => false,
    };

    /// <summary>Marks a service collection whose HTTP client has no handlers of ConfigureHttpClientDefaults.</summary>
    private sealed class DefaultHandlersRemoved;
}
