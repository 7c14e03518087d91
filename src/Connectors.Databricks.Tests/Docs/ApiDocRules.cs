using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Connectors.Databricks.Tests.Docs;

/// <summary>The XML documentation of public members follows the conventions of .NET.</summary>
internal static partial class ApiDocRules
{
    private const BindingFlags Declared =
        BindingFlags.Public | BindingFlags.Static | BindingFlags.Instance | BindingFlags.DeclaredOnly;

    private const string Constructor = "Initializes a new instance of the ";

    private static readonly Dictionary<Assembly, IReadOnlyDictionary<string, XElement>> Cache = [];

    /// <summary>"Gets or sets" for a setter, "Gets" for the others, and "a value indicating whether" for a Boolean.</summary>
    public static IEnumerable<string> PropertiesSayWhatTheyDo(IEnumerable<Type> types) =>
        from type in types
        from property in type.GetProperties(Declared)
        where property.PropertyType != type && property.GetIndexParameters().Length == 0
        let summary = Summary(Members(type.Assembly).GetValueOrDefault($"P:{IdOf(type)}.{property.Name}"))
        where summary.Length > 0 && !IsConventional(property, summary)
        select $"{type.Name}.{property.Name}: the summary does not start with '{Start(property)}': {summary}";

    public static bool IsConventional(PropertyInfo property, string summary) =>
        summary.StartsWith($"{Start(property)} ", StringComparison.Ordinal)
        && (IsSettable(property) || !summary.StartsWith("Gets or", StringComparison.Ordinal));

    /// <summary>A verb in the third person for a method, and "Initializes a new instance" for a constructor.</summary>
    public static IEnumerable<string> MethodsSayWhatTheyDo(IEnumerable<Type> types) =>
        from type in types
        from member in Members(type.Assembly)
        where member.Key.StartsWith($"M:{IdOf(type)}.", StringComparison.Ordinal)
        let name = Name().Match(member.Key[$"M:{IdOf(type)}.".Length..]).Value
        let summary = Summary(member.Value)
        where summary.Length > 0 && (name == "#ctor" || IsPublicMethod(type, name))
        where !IsConventional(name, summary)
        select $"{type.Name}.{name}: {summary}";

    public static bool IsConventional(string method, string summary) =>
        method == "#ctor" ? summary.StartsWith(Constructor, StringComparison.Ordinal) : Verb().IsMatch(summary);

    /// <summary>A settable option has its default, and the unit and the reason where there are ones.</summary>
    public static IEnumerable<string> OptionsHaveTheirDefaults(IEnumerable<Type> types) =>
        from type in types
        where type.Name.EndsWith("Options", StringComparison.Ordinal)
        from property in type.GetProperties(Declared)
        where property.SetMethod is { IsPublic: true }
        let documented = Members(type.Assembly).GetValueOrDefault($"P:{IdOf(type)}.{property.Name}")
        where documented is not null && documented.Element("inheritdoc") is null && Text(documented, "value").Length == 0
        select $"{type.Name}.{property.Name}: no <value> with the default.";

    public static int CountOfDocumented(Assembly assembly) => Members(assembly).Count;

    private static string Start(PropertyInfo property) =>
        (IsSettable(property) ? "Gets or sets" : "Gets") + (IsBoolean(property) ? " a value indicating whether" : "");

    private static bool IsSettable(PropertyInfo property) =>
        property.SetMethod is { IsPublic: true } set
        && !set.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(IsExternalInit));

    private static bool IsBoolean(PropertyInfo property) =>
        property.PropertyType == typeof(bool) || property.PropertyType == typeof(bool?);

    private static bool IsPublicMethod(Type type, string name) =>
        type.GetMethods(Declared).Any(method => !method.IsSpecialName && method.Name == name);

    private static string IdOf(Type type) => type.FullName!.Replace('+', '.');

    private static string Summary(XElement? member) => Text(member, "summary");

    private static string Text(XElement? member, string name) => member?.Element(name) is { } element
        ? Blanks().Replace(string.Concat(element.Nodes().Select(Text)), " ").Trim()
        : "";

    private static string Text(XNode node) => node switch
    {
        XText text => text.Value,
        XElement { Name.LocalName: "see" } see => $"{see.Attribute("cref")?.Value ?? see.Attribute("langword")?.Value}".Split('.')[^1],
        XElement element => element.Value,
        _ => "",
    };

    private static IReadOnlyDictionary<string, XElement> Members(Assembly assembly)
    {
        lock (Cache)
        {
            if (!Cache.TryGetValue(assembly, out var members))
            {
                var path = Path.Combine(AppContext.BaseDirectory, $"{assembly.GetName().Name}.xml");
                Cache[assembly] = members = XDocument.Load(path).Descendants("member")
                    .ToDictionary(member => member.Attribute("name")!.Value, StringComparer.Ordinal);
            }

            return members;
        }
    }

    [GeneratedRegex(@"^#?\w+")]
    private static partial Regex Name();

    [GeneratedRegex(@"^[A-Z][a-z]+s\b")]
    private static partial Regex Verb();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blanks();
}
