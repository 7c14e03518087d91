using System.Collections.Concurrent;
using System.Net;

namespace Connectors.Databricks.Transport;

/// <summary>The client of everyone who brings none: one connection pool for the process, or one per wish for its time-out.</summary>
internal static class SharedHttpClient
{
    private static readonly ConcurrentDictionary<TimeSpan, HttpClient> ByConnectTimeout = new();

    /// <summary>The client of all who give a connection as long as this to come about.</summary>
    public static HttpClient For(TimeSpan connectTimeout) => ByConnectTimeout.GetOrAdd(connectTimeout, static limit => new(NewHandler(limit))
    {
        // Time-outs are the transport's (RequestTimeout, StreamIdleTimeout): this one could not tell a stream from a stall.
        Timeout = Timeout.InfiniteTimeSpan,
    });

    public static SocketsHttpHandler NewHandler(TimeSpan connectTimeout) => new()
    {
        // A redirect leads to a login page or to another host; neither may receive a prompt.
        AllowAutoRedirect = false,
        AutomaticDecompression = DecompressionMethods.All,
        UseCookies = false,

        // The handler counts to 24 days, the options to 49: nobody sees the difference.
        ConnectTimeout = connectTimeout.TotalMilliseconds > int.MaxValue ? Timeout.InfiniteTimeSpan : connectTimeout,

        // Follow DNS changes of a failover.
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        EnableMultipleHttp2Connections = true,
    };
}
