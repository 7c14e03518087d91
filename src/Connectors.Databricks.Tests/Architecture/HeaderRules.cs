using System.Reflection;
using System.Text.RegularExpressions;

namespace Connectors.Databricks.Tests.Architecture;

/// <summary>Finds every place that adds a request header without the validation of <c>Wire/RequestHeader.cs</c>.</summary>
internal static partial class HeaderRules
{
    private const string Gate = "src/Connectors.Databricks/Wire/RequestHeader.cs";

    // Constants that the framework parses when the type is loaded.
    private static readonly (string Path, string Code)[] Constants =
    [
        ("src/Connectors.Databricks/Transport/RequestBody.cs", "private static readonly MediaTypeHeaderValue Json = new("),
        ("src/Connectors.Databricks/Transport/RequestBody.cs", "Headers.ContentType = Json;"),

        // The header of a response, kept when its body is replaced by the part that was read.
        ("src/Connectors.Databricks/Transport/ErrorBody.cs", "content.Headers.ContentType = response.Content.Headers.ContentType;"),
    ];

    // The gate itself, and the constants above.
    private static readonly (string Caller, string Member)[] Validated =
    [
        ("Connectors.Databricks.Wire.RequestHeader.AddTo", "TryAddWithoutValidation"),
        ("Connectors.Databricks.Transport.RequestBody+Content..cctor", ".ctor"),
        ("Connectors.Databricks.Transport.RequestBody+Content..ctor", "set_ContentType"),
        ("Connectors.Databricks.Transport.ErrorBody.KeepReadable", "set_ContentType"),
    ];

    public static IEnumerable<string> EveryHeaderIsValidated(IEnumerable<SourceFile> sources) =>
        from file in sources
        where file.Path != Gate && !file.Project.EndsWith(".Emulator", StringComparison.Ordinal)
        from line in file.CodeLines.Index()
        where AddsHeader().IsMatch(line.Item)
            && !Constants.Any(constant => constant.Path == file.Path && line.Item.Contains(constant.Code, StringComparison.Ordinal))
        select $"{file.Path}:{line.Index + 1}: '{line.Item.Trim()}' adds a header without validation; use RequestHeader.";

    /// <summary>The same in compiled code, where no spelling hides a call: an initializer calls the same methods.</summary>
    public static IEnumerable<string> EveryCallIsValidated(Assembly assembly) =>
        from call in CompiledCalls.In(assembly)
        where AddsHeaderTo(call) && !Validated.Contains((call.Caller, call.Member))
        select $"{call.Caller} calls {call.Type.Split('`')[0]}.{call.Member}, which adds a header without validation; use RequestHeader.";

    private static bool AddsHeaderTo(CompiledCalls.Call call) =>
        (call.Type.StartsWith("System.Net.Http.Headers.", StringComparison.Ordinal)
            && (call.Member is ".ctor" or "Insert" || Adding().IsMatch(call.Member)
                || (call.Type.EndsWith(".HttpRequestHeaders", StringComparison.Ordinal)
                    && call.Member.StartsWith("get_", StringComparison.Ordinal))))
        || (call.Type == "System.Net.Http.HttpClient" && call.Member == "get_DefaultRequestHeaders")
        || (call.Type.StartsWith("System.Net.Http.Multipart", StringComparison.Ordinal) && call.Member == ".ctor");

    [GeneratedRegex("^(?:set_|Add|TryAdd|Parse|TryParse)")]
    private static partial Regex Adding();

    // Adding, assigning, setting by index, and every framework type that carries a header's value. The headers of a response are only read,
    // or are written by a web app, whose server validates them.
    [GeneratedRegex("""
        \bTryAddWithoutValidation\b
        | (?<![Rr]esponse\.)\b[Hh]eaders\??\.(?:Try)?Add\b
        | (?<![Rr]esponse\.)\b[Hh]eaders\??\.\w+\s*=[^=>]
        | (?<![Rr]esponse\.)\b[Hh]eaders\??\.\w+\.(?:Add|TryAdd|ParseAdd|TryParseAdd|Append|Insert)\b
        | (?<![Rr]esponse\.)\b[Hh]eaders\[[^\]]*\]\s*=[^=>]
        | \bDefaultRequestHeaders\b
        | (?<![Rr]esponse\.)\b(?:\w*[Rr]equest|[Mm]essage|[Cc]ontent)\.Headers\s*[;,)]
        | \bHttp(?:Request|Content)?Headers\s+\w+\s*[=;]
        | \b(?:Authentication|ProductInfo|Product|MediaType|MediaTypeWithQuality|ContentDisposition|EntityTag|CacheControl|NameValue|Via|Warning)HeaderValue\b
        | \bMultipart(?:FormData)?Content\b
        """, RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex AddsHeader();
}
