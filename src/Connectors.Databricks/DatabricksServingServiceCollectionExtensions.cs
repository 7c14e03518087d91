using Connectors.Databricks;
using Connectors.Databricks.Hosting;
using Connectors.Databricks.Transport;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Http.Resilience;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

// The namespace of every AddX method: an app that has a service collection has it in scope.
namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Puts Databricks Model Serving into an app's services.</summary>
public static class DatabricksServingServiceCollectionExtensions
{
    private const string HttpClientName = "Connectors.Databricks";

    private static readonly string[] SecretHeaders = ["Authorization", "X-Databricks-Azure-SP-Management-Token"];

    /// <summary>
    /// Adds a <see cref="DatabricksServingClient"/> that logs in with what the environment and a profile of <c>~/.databrickscfg</c> say.
    /// </summary>
    /// <param name="services">The app's services.</param>
    /// <param name="configure">Sets options in code; they go before the environment, setting by setting.</param>
    /// <returns>The builder of the HTTP client that serving calls use: add handlers there. Requests for tokens use another.</returns>
    /// <remarks>
    /// The app's <see cref="ILoggerFactory"/> and <see cref="TimeProvider"/> are used where it has them. What cannot work, such as two
    /// ways to log in at once, is reported when the app starts, as an <see cref="OptionsValidationException"/>; no token is acquired until
    /// the first request. Handlers of <c>ConfigureHttpClientDefaults</c> are removed from this client: the standard resilience handler, which
    /// many apps add there, ends an attempt after 10 seconds and retries inference. A resilience handler that is added to the returned builder
    /// switches the retries of <see cref="DatabricksServingOptions.Resilience"/> off, unless they are configured.
    /// </remarks>
    public static IHttpClientBuilder AddDatabricksServing(this IServiceCollection services, Action<DatabricksServingOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        return Add(services, configure ?? (_ => { }));
    }

    /// <summary>
    /// Adds a <see cref="DatabricksServingClient"/> whose options come from a section of the app's configuration, such as
    /// <c>"Databricks": { "Host": "…", "Authentication": { "Profile": "…" } }</c>.
    /// </summary>
    /// <param name="services">The app's services.</param>
    /// <param name="configuration">
    /// The section. Its values count as set in code; a key that is no option, or a value that cannot be read, is reported when the app
    /// starts.
    /// </param>
    /// <returns>The builder of the HTTP client that serving calls use: add handlers there. Requests for tokens use another.</returns>
    /// <remarks>See <see cref="AddDatabricksServing(IServiceCollection, Action{DatabricksServingOptions}?)"/>.</remarks>
    public static IHttpClientBuilder AddDatabricksServing(this IServiceCollection services, IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(configuration);
        return Add(services, options => OptionsFromConfiguration.Read(configuration, options));
    }

    private static IHttpClientBuilder Add(IServiceCollection services, Action<DatabricksServingOptions> configure)
    {
        services.AddOptions<DatabricksServingOptions>().Configure<IServiceProvider>(UseWhatTheAppHas).Configure(configure).ValidateOnStart();
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

            // Timeouts are the transport's. The one client keeps its handlers, which look for changes of DNS themselves.
            .ConfigureHttpClient(client => client.Timeout = Timeout.InfiniteTimeSpan)
            .SetHandlerLifetime(Timeout.InfiniteTimeSpan)
            .RedactLoggedHeaders(SecretHeaders);
    }

    private static void UseWhatTheAppHas(DatabricksServingOptions options, IServiceProvider services)
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

    /// <summary>Marks services whose HTTP client no longer has the handlers of all clients.</summary>
    private sealed class DefaultHandlersRemoved;
}
