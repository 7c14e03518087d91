using System.Net;

namespace Connectors.Databricks.Transport;

/// <summary>The client of everyone who brings none: one connection pool for the process.</summary>
internal static class SharedHttpClient
{
    public static HttpClient Instance { get; } = new(NewHandler())
    {
        // Time-outs are the transport's (RequestTimeout, StreamIdleTimeout): this one could not tell a stream from a stall.
        Timeout = Timeout.InfiniteTimeSpan,
    };

    public static SocketsHttpHandler NewHandler() => new()
    {
        // A redirect leads to a login page or to another host; neither may receive a prompt.
        AllowAutoRedirect = false,
        AutomaticDecompression = DecompressionMethods.All,
        UseCookies = false,
        ConnectTimeout = TimeSpan.FromSeconds(15),

        // Follow DNS changes of a failover.
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        EnableMultipleHttp2Connections = true,
    };
}
