namespace Connectors.Databricks.Authentication.Outside;

/// <summary>A program to run.</summary>
/// <param name="Path">Its full path.</param>
/// <param name="Arguments">Each reaches the program as it is: no shell reads them.</param>
/// <param name="Timeout">The longest it may take.</param>
internal sealed record ProgramCall(string Path, IReadOnlyList<string> Arguments, TimeSpan Timeout);

/// <summary>How a program ended.</summary>
/// <param name="ExitCode">0 for success.</param>
/// <param name="Output">What it wrote to standard output; it may be a token.</param>
/// <param name="Error">What it wrote to standard error.</param>
internal sealed record ProgramResult(int ExitCode, string Output, string Error)
{
    /// <summary>Why it failed, in its own words where it has any; standard output is never among them.</summary>
    public string Complaint => string.IsNullOrWhiteSpace(Error) ? $"exit code {ExitCode}, and nothing on standard error" : Error;

    // Standard output is the token.
    public override string ToString() => $"ProgramResult(exit code {ExitCode})";
}
