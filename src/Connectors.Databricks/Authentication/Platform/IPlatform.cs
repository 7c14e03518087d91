namespace Connectors.Databricks.Authentication.Platform;

/// <summary>
/// Abstracts everything outside this process that authentication uses: environment variables, files, programs, HTTP, clock and randomness.
/// </summary>
internal interface IPlatform
{
    TimeProvider Clock { get; }

    bool IsWindows { get; }

    /// <summary>The user's home directory; empty if there is none.</summary>
    string HomeFolder { get; }

    /// <summary>Reads an environment variable; null if it is not set.</summary>
    string? Variable(string name);

    /// <summary>Gets the size of a file in bytes; null if it does not exist.</summary>
    long? FileSize(string path);

    /// <summary>Reads the text of a file or pipe.</summary>
    /// <exception cref="FileNotFoundException">The file does not exist.</exception>
    /// <exception cref="DirectoryNotFoundException">The directory does not exist.</exception>
    /// <exception cref="IOException">The file cannot be read or exceeds the size limit.</exception>
    /// <exception cref="UnauthorizedAccessException">Access to the file is denied.</exception>
    string ReadFile(string path);

    /// <summary>Runs a program without a shell until it exits, times out or is canceled; no process is left running.</summary>
    /// <exception cref="System.ComponentModel.Win32Exception">The program cannot be started.</exception>
    /// <exception cref="TimeoutException">The program exceeded its timeout.</exception>
    Task<ProgramResult> RunAsync(ProgramCall call, CancellationToken cancellationToken);

    /// <summary>
    /// Sends a token request without redirects or cookies, and without a proxy to loopback and instance metadata addresses.
    /// </summary>
    Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken);

    /// <summary>Gets a random number in [0, 1) for jitter.</summary>
    double NextRandom();
}
