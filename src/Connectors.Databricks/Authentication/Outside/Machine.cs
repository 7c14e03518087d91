using System.Net;
using System.Text;

namespace Connectors.Databricks.Authentication.Outside;

/// <summary>The machine this process runs on.</summary>
internal sealed class Machine(TimeProvider clock) : ISurroundings
{
    // Configuration and tokens are a few kilobytes.
    private const int LargestFile = 1024 * 1024;

    // Apart from the client of serving calls, so that neither can slow, redirect or log the other.
    private static readonly HttpMessageInvoker ByProxy = new(NewHandler(useProxy: true));
    private static readonly HttpMessageInvoker Direct = new(NewHandler(useProxy: false));

    public TimeProvider Clock { get; } = clock;

    public bool IsWindows => OperatingSystem.IsWindows();

    // Read directly: the framework gives nothing when HOME names a folder that does not exist.
    public string HomeFolder => Variable(IsWindows ? "USERPROFILE" : "HOME") ?? string.Empty;

    public string? Variable(string name) => Environment.GetEnvironmentVariable(name);

    public long? FileSize(string path)
    {
        try
        {
            var file = new FileInfo(path);
            if (!file.Exists)
            {
                return null;
            }

            // Of a symbolic link the framework gives the link's own size; package managers install programs as links, and Kubernetes mounts
            // secrets as links. A file that may not be read is there all the same.
            return file.LinkTarget is null ? file.Length
                : file.ResolveLinkTarget(returnFinalTarget: true) is FileInfo { Exists: true } target ? target.Length
                : null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return null;
        }
    }

    public string ReadFile(string path)
    {
        if (Directory.Exists(path))
        {
            throw new IOException("it is a folder");
        }

        // Not by its size: a pipe, such as <(decrypt config) of a shell, has none, and a device has no end.
        using var reader = new StreamReader(path);
        var text = new StringBuilder();
        var block = new char[4096];
        int read;
        while ((read = reader.Read(block)) > 0)
        {
            text.Append(block, 0, read);
            if (text.Length > LargestFile)
            {
                throw new IOException($"it has more than {LargestFile} characters");
            }
        }

        return text.ToString();
    }

    public Task<ProgramResult> RunAsync(ProgramCall call, CancellationToken cancellationToken) =>
        ProgramRunner.RunAsync(call, Clock, cancellationToken);

    public Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
        (BypassesProxy(request.RequestUri!) ? Direct : ByProxy).SendAsync(request, cancellationToken);

    public double NextRandom() => Random.Shared.NextDouble();

    /// <summary>Whether an address is this machine's own, or the metadata service of its cloud: a proxy would be another machine.</summary>
    internal static bool BypassesProxy(Uri address) => address.IsLoopback || address.Host == "169.254.169.254";

    private static SocketsHttpHandler NewHandler(bool useProxy) => new()
    {
        // A redirect would carry the credentials to an address that nobody has checked.
        AllowAutoRedirect = false,
        AutomaticDecompression = DecompressionMethods.All,
        UseCookies = false,
        UseProxy = useProxy,
        ConnectTimeout = TimeSpan.FromSeconds(10),
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),

        // No activity, and no trace header to a token service: its address can be a secret (metadata_service_url).
        ActivityHeadersPropagator = null,
    };
}
