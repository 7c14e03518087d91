namespace Connectors.Databricks.Tests.Architecture;

/// <summary>One file as the rules see it: a path from the repository root, with forward slashes, and its text.</summary>
internal sealed record SourceFile(string Path, string Text)
{
    private readonly Lazy<string[]> _code = new(() => CSharpCode.WithoutCommentsAndStrings(Text).Split('\n'));

    public string Name => Path[(Path.LastIndexOf('/') + 1)..];

    public string[] Lines => Text.TrimEnd('\n').Split('\n');

    /// <summary>The lines with comments and string literals blanked: prose may name what code may not.</summary>
    public string[] CodeLines => _code.Value;

    /// <summary>The folders between the project and the file: <c>src/Project/Chat/A.cs</c> is in <c>Chat</c>.</summary>
    public string[] Folders => Path.Split('/')[2..^1];

    public string Project => Path.Split('/')[1];
}
