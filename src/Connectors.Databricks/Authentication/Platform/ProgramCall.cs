namespace Connectors.Databricks.Authentication.Platform;

/// <summary>A program to run.</summary>
/// <param name="Path">The full path.</param>
/// <param name="Arguments">The arguments, passed verbatim without a shell.</param>
/// <param name="Timeout">The timeout.</param>
internal sealed record ProgramCall(string Path, IReadOnlyList<string> Arguments, TimeSpan Timeout);

/// <summary>The result of a program.</summary>
/// <param name="ExitCode">0 for success.</param>
/// <param name="Output">The standard output, which may be a token.</param>
/// <param name="Error">The standard error.</param>
internal sealed record ProgramResult(int ExitCode, string Output, string Error)
{
    /// <summary>The reason of a failure: standard error if there is any; never standard output.</summary>
    public string ErrorText => string.IsNullOrWhiteSpace(Error) ? $"exit code {ExitCode}, and nothing on standard error" : Error;

    // Standard output may be the token.
    public override string ToString() => $"ProgramResult(exit code {ExitCode})";
}
