namespace Connectors.Databricks.Authentication.Outside;

/// <summary>
/// Everything that logging in touches outside this process, behind one seam: variables, files, programs, HTTP, the clock and chance.
/// </summary>
internal interface ISurroundings
{
    TimeProvider Clock { get; }

    bool IsWindows { get; }

    /// <summary>The user's home folder; empty when there is none.</summary>
    string HomeFolder { get; }

    /// <summary>An environment variable as it is now; null when it is not set.</summary>
    string? Variable(string name);

    /// <summary>The size of a file in bytes; null when there is no such file.</summary>
    long? FileSize(string path);

    /// <summary>The text of a file or a pipe.</summary>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    /// <exception cref="IOException">The file cannot be read, or is larger than any configuration.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read.</exception>
    string ReadFile(string path);

    /// <summary>Runs a program without a shell, to its end, its time-out or its cancellation; no process stays behind.</summary>
    /// <exception cref="System.ComponentModel.Win32Exception">The program cannot be started.</exception>
    /// <exception cref="TimeoutException">It took longer than it may.</exception>
    Task<ProgramResult> RunAsync(ProgramCall call, CancellationToken cancellationToken);

    /// <summary>Sends a request for a token: no redirects, no cookies, and no proxy to this machine or its cloud's metadata service.</summary>
    Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken);

    /// <summary>A number from 0 up to 1, for the jitter of delays.</summary>
    double NextRandom();
}
