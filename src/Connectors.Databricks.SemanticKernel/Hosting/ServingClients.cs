using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Connectors.Databricks.SemanticKernel.Hosting;

/// <summary>
/// Resolves the client of a registered service. Runs inside a container's own factory and stores nothing, so that no
/// container uses the client of another one.
/// </summary>
internal static class ServingClients
{
    public static Func<IServiceProvider, DatabricksServingClient> Of(
        DatabricksHost host, DatabricksCredential credential, HttpClient? httpClient)
    {
        if (host.Address is null)
        {
            throw new ArgumentException("The host is empty. Use the URL of the workspace.", nameof(host));
        }

        ArgumentNullException.ThrowIfNull(credential);
        return services => new DatabricksServingClient(With(services, httpClient, options =>
        {
            options.Host = host.Address;
            options.Credential = credential;
        }));
    }

    public static Func<IServiceProvider, DatabricksServingClient> Of(DatabricksHost host, string token, HttpClient? httpClient)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(token);
        return Of(host, DatabricksCredential.FromToken(token), httpClient);
    }

    /// <summary>The client given; else the app's own; else one with the credential of the environment.</summary>
    public static Func<IServiceProvider, DatabricksServingClient> Of(DatabricksServingClient? client) =>
        services => client ?? services.GetService<DatabricksServingClient>() ?? new DatabricksServingClient(With(services, null, _ => { }));

    private static DatabricksServingOptions With(
        IServiceProvider services, HttpClient? httpClient, Action<DatabricksServingOptions> configure)
    {
        var options = new DatabricksServingOptions { HttpClient = httpClient ?? services.GetService<HttpClient>() };
        options.LoggerFactory = services.GetService<ILoggerFactory>() ?? options.LoggerFactory;
        options.TimeProvider = services.GetService<TimeProvider>() ?? options.TimeProvider;
        configure(options);
        return options;
    }
}
