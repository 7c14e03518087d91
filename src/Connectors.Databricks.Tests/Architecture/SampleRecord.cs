using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Connectors.Databricks.Management;

namespace Connectors.Databricks.Tests.Architecture;

/// <summary>Makes records with every member set, to see whether equal members make equal records.</summary>
internal static class SampleRecord
{
    public static IEnumerable<string> Compare(Type type)
    {
        var (one, same) = (New(type, 1), New(type, 1));
        if (!one.Equals(same) || one.GetHashCode() != same.GetHashCode())
        {
            yield return $"{type.FullName}: two records with equal members are not equal; is one of them {Culprits(type, one, same)}?";
        }

        foreach (var property in Settable(type))
        {
            var other = New(type, 1);
            property.SetValue(other, Value(property.PropertyType, 2, []));
            if (one.Equals(other))
            {
                yield return $"{type.FullName}: records with different values of {property.Name} are equal";
            }
        }
    }

    private static string Culprits(Type type, object one, object same) =>
        string.Join(
            ", ",
            Settable(type).Where(property => !Equals(property.GetValue(one), property.GetValue(same))).Select(property => property.Name));

    private static object New(Type type, int seed, params Type[] outer)
    {
        var instance = RuntimeHelpers.GetUninitializedObject(type);
        foreach (var property in Settable(type))
        {
            property.SetValue(instance, Value(property.PropertyType, seed, [.. outer, type]));
        }

        return instance;
    }

    private static IEnumerable<PropertyInfo> Settable(Type type) =>
        type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(property => property.SetMethod is not null);

    // Values of one seed are equal, and no two are the same object.
    // A record that contains its own type ends there.
    private static object? Value(Type type, int seed, Type[] outer)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        return type switch
        {
            _ when type == typeof(string) => new string((char)('a' + seed), 3),
            _ when type == typeof(bool) => seed == 1,
            _ when type == typeof(JsonElement) => JsonSerializer.SerializeToElement(seed, SampleJson.Default.Int32),
            _ when type == typeof(Uri) => new Uri($"https://host{seed}"),
            _ when type == typeof(DateOnly) => new DateOnly(2026, 1, seed),
            _ when type == typeof(DateTimeOffset) => new DateTimeOffset(2026, 1, seed, 0, 0, 0, TimeSpan.Zero),
            _ when type == typeof(TimeSpan) => TimeSpan.FromSeconds(seed),
            _ when type.IsEnum => Enum.ToObject(type, seed),
            _ when type.IsPrimitive => Convert.ChangeType(seed, type, System.Globalization.CultureInfo.InvariantCulture),
            _ when PublicTypeRules.IsOpenString(type) => Activator.CreateInstance(type, $"value-{seed}")!,
            _ when type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlyList<>) =>
                NewList(type.GenericTypeArguments[0], seed, outer),
            _ when type == typeof(IReadOnlyDictionary<string, string>) => new Dictionary<string, string> { ["key"] = $"value-{seed}" },
            _ when type == typeof(IReadOnlyDictionary<string, JsonElement>) => new Dictionary<string, JsonElement>
            {
                ["key"] = JsonSerializer.SerializeToElement(seed, SampleJson.Default.Int32),
            },
            _ when type == typeof(EndpointSecret) => EndpointSecret.FromPlaintext($"secret-{seed}"),
            _ when outer.Contains(type) => null,
            _ when type.IsClass && !type.IsAbstract => New(type, seed, outer),
            _ => throw new NotSupportedException($"Give {nameof(SampleRecord)} a value for {type}."),
        };
    }

    private static Array NewList(Type item, int seed, Type[] outer)
    {
        var list = Array.CreateInstance(item, outer.Contains(item) ? 0 : 1);
        if (list.Length > 0)
        {
            list.SetValue(Value(item, seed, outer), 0);
        }

        return list;
    }
}

[System.Text.Json.Serialization.JsonSerializable(typeof(int))]
internal sealed partial class SampleJson : System.Text.Json.Serialization.JsonSerializerContext;
