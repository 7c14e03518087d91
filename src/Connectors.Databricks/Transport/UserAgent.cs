using System.Reflection;
using System.Text;
using Connectors.Databricks.Authentication.Outside;
using Connectors.Databricks.Wire;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Transport;

/// <summary>
/// The User-Agent header: application, this package, Microsoft.Extensions.AI, .NET and operating system, the way to log in, and where it
/// runs (serving reference §12, authentication reference §11).
/// </summary>
internal sealed class UserAgent
{
    private static readonly string Product =
        $"Connectors.Databricks/{VersionOf(typeof(UserAgent))} MEAI/{VersionOf(typeof(IChatClient))} " +
        $"dotnet/{Environment.Version} os/{OperatingSystemName()}";

    // First match wins. Null stands for any value.
    private static readonly (string Name, (string Variable, string? Value)[] Signs)[] Pipelines =
    [
        ("github", [("GITHUB_ACTIONS", "true")]),
        ("gitlab", [("GITLAB_CI", "true")]),
        ("jenkins", [("JENKINS_URL", null)]),
        ("azure-devops", [("TF_BUILD", "True")]),
        ("circle", [("CIRCLECI", "true")]),
        ("travis", [("TRAVIS", "true")]),
        ("bitbucket", [("BITBUCKET_BUILD_NUMBER", null)]),
        ("google-cloud-build", [("PROJECT_ID", null), ("BUILD_ID", null), ("PROJECT_NUMBER", null), ("LOCATION", null)]),
        ("aws-code-build", [("CODEBUILD_BUILD_ARN", null)]),
        ("tf-cloud", [("TFC_RUN_ID", null)]),
    ];

    private readonly string _start;
    private readonly string _end;
    private Tuple<string?, RequestHeader> _last;

    /// <exception cref="ArgumentException">The name has characters that no product token may hold.</exception>
    public UserAgent(string? applicationName, ISurroundings surroundings)
    {
        _start = Application(applicationName) + Product;
        _end = Upstream(surroundings) + Pipeline(surroundings);
        _last = new(null, Header(_start + _end));
    }

    /// <summary>The header of a request that logs in this way; null while the way is not known.</summary>
    public RequestHeader With(string? authType)
    {
        // It changes once, when the first request has picked a way.
        var last = _last;
        if (last.Item1 != authType)
        {
            _last = last = new(authType, Header($"{_start} auth/{authType}{_end}"));
        }

        return last.Item2;
    }

    private static RequestHeader Header(string value) => RequestHeader.Words("User-Agent", value, "The user agent");

    private static string Application(string? applicationName)
    {
        if (applicationName is null)
        {
            return string.Empty;
        }

        var slash = applicationName.IndexOf('/', StringComparison.Ordinal);
        var name = slash < 0 ? applicationName : applicationName[..slash];
        var version = slash < 0 ? "0.0.0" : applicationName[(slash + 1)..];
        if (!IsToken(name) || !IsToken(version))
        {
            throw new ArgumentException(
                $"ApplicationName is '{applicationName}'. Write it as name or name/version, with letters, digits, '_', '.', '+' and '-' alone.");
        }

        return $"{name}/{version} ";
    }

    private static bool IsToken(string text) => text.Length > 0 && text.All(IsTokenCharacter);

    private static bool IsTokenCharacter(char c) => char.IsAsciiLetterOrDigit(c) || c is '_' or '.' or '+' or '-';

    // Products that build on this one name themselves in the environment, as they do for Databricks' own SDKs.
    private static string Upstream(ISurroundings surroundings) =>
        surroundings.Variable("DATABRICKS_SDK_UPSTREAM") is { Length: > 0 } name
        && surroundings.Variable("DATABRICKS_SDK_UPSTREAM_VERSION") is { Length: > 0 } version
            ? $" upstream/{Cleaned(name)} upstream-version/{Cleaned(version)}"
            : string.Empty;

    private static string Pipeline(ISurroundings surroundings)
    {
        foreach (var (name, signs) in Pipelines)
        {
            if (signs.All(sign => surroundings.Variable(sign.Variable) is { Length: > 0 } value && (sign.Value is null || sign.Value == value)))
            {
                return $" cicd/{name}";
            }
        }

        return string.Empty;
    }

    private static string Cleaned(string text)
    {
        var cleaned = new StringBuilder(text);
        for (var i = 0; i < cleaned.Length; i++)
        {
            if (!IsTokenCharacter(cleaned[i]))
            {
                cleaned[i] = '-';
            }
        }

        return cleaned.ToString();
    }

    private static string VersionOf(Type type)
    {
        var version = type.Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "0.0.0";
        var build = version.IndexOf('+', StringComparison.Ordinal);
        return build < 0 ? version : version[..build];
    }

    private static string OperatingSystemName() =>
        OperatingSystem.IsWindows() ? "windows" :
        OperatingSystem.IsMacOS() ? "darwin" :
        OperatingSystem.IsLinux() ? "linux" : "other";
}
