using System.Net;
using System.Text;

namespace Connectors.Databricks.Authentication.Platform;

/// <summary>The environment, files, programs and network of the current machine.</summary>
internal sealed class SystemPlatform(TimeProvider clock) : IPlatform
{
    // Configuration files and tokens have a few kilobytes.
    private const int LargestFile = 1024 * 1024;

    // Separate from the HttpClient of serving requests, so that neither can slow, redirect or log the other.
    private static readonly HttpMessageInvoker ByProxy = new(NewHandler(useProxy: true));
    private static readonly HttpMessageInvoker Direct = new(NewHandler(useProxy: false));

    public TimeProvider Clock { get; } = clock;

    public bool IsWindows => OperatingSystem.IsWindows();

    // Not Environment.GetFolderPath, which returns an empty string if HOME names a directory that does not exist.
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

            // FileInfo.Length of a symbolic link is the size of the link; package managers install programs as links, and Kubernetes mounts
            // secrets as links. A file without read permission still counts as existing.
            return file.LinkTarget is null ? file.Length
                : file.ResolveLinkTarget(returnFinalTarget: true) is FileInfo { Exists: true } target ? target.Length
                : null;
        }
        catch (Exception exception)
            when (exception is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return null;
        }
    }

    public string ReadFile(string path)
    {
        if (Directory.Exists(path))
        {
            throw new IOException("it is a directory");
        }

        // Not limited by the file size: a pipe, such as a shell's <(decrypt config), has none, and a device is endless.
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

    /// <summary>Whether an address is loopback or the instance metadata service, which a proxy on another machine cannot reach.</summary>
    internal static bool BypassesProxy(Uri address) => address.IsLoopback || address.Host == "169.254.169.254";

    private static SocketsHttpHandler NewHandler(bool useProxy) => new()
    {
        // A redirect would send the credentials to an unchecked address.
        AllowAutoRedirect = false,
        AutomaticDecompression = DecompressionMethods.All,
        UseCookies = false,
        UseProxy = useProxy,
        ConnectTimeout = TimeSpan.FromSeconds(10),
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),

        // No activity and no trace headers for token services: an address can be a secret (metadata_service_url).
        ActivityHeadersPropagator = null,
    };
}
